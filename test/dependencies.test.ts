import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

type Named = Readonly<Record<string, string>>;
type Manifest = {
  readonly dependencies: Named;
  readonly optionalDependencies: Named;
  readonly devDependencies: Named;
};

const manifest = JSON.parse(read('package.json')) as Manifest;
const shipped = { ...manifest.dependencies, ...manifest.optionalDependencies };
const listed = { ...shipped, ...manifest.devDependencies };

/** Rows of the page's tables, under the heading that they stand under. */
const rows = read('docs/dependencies.md')
  .split(/^## /m)
  .flatMap((section) => {
    const heading = section.split('\n')[0] ?? '';
    return [...section.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)].map(([, name = '', rest = '']) => ({
      heading,
      name,
      cells: rest.split('|').map((cell) => cell.trim()),
    }));
  });
const forDevelopment = rows.filter((row) => row.heading === 'What only development needs').map((row) => row.name);

describe('docs/dependencies.md and package.json', () => {
  it('name the same packages, each once', () => {
    expect(rows.map((row) => row.name).sort()).toEqual(Object.keys(listed).sort());
  });

  it('agree on which of them only development needs', () => {
    expect([...forDevelopment].sort()).toEqual(Object.keys(manifest.devDependencies).sort());
  });

  it.each(rows)('$name has a reason, a licence and what would replace it', ({ cells }) => {
    expect(cells).toHaveLength(3);
    for (const cell of cells) expect(cell).not.toBe('');
  });

  it('pin every version', () => {
    for (const [name, version] of Object.entries(listed)) expect([name, version]).toEqual([name, exact(version)]);
  });
});

describe('the licence that the page says', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>;
  };

  it.each(rows)('of $name is the one that it was installed under', ({ name, cells }) => {
    const installed = packages[`node_modules/${name}`];
    expect(installed?.version).toBe(listed[name]);
    expect(cells[1]).toBe(installed?.license?.replace(/^\((.*)\)$/, '$1'));
  });
});

/** The version itself when it is exact, else what it should look like. */
function exact(version: string): string {
  return /^\d+\.\d+\.\d+$/.test(version) ? version : 'three numbers';
}
