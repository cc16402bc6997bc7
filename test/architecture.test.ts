import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { importRule, roomOf, rooms } from './kit/rooms.ts';

const root = join(import.meta.dirname, '..');
const sources = ['src', 'handlers', 'blocks'].flatMap(filesBelow);
const imports = sources.flatMap(importsOf);

describe('rooms import only what they may', () => {
  it('sees a real number of files and imports', () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(imports.length).toBeGreaterThan(600);
  });

  it('knows the room of every file', () => {
    expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('has no empty rule: every room has files', () => {
    const seen = new Set(sources.map((file) => roomOf(file)));
    expect(rooms.filter((room) => !seen.has(room.name)).map((room) => room.name)).toEqual([]);
  });

  it.each(rooms.map((room) => [room.name] as const))('%s', (room) => {
    const broken = imports
      .filter((each) => roomOf(each.from) === room)
      .map(importRule)
      .filter((why) => why !== undefined);
    expect(broken).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it.each([
    {
      what: 'a face that imports a decision',
      from: 'blocks/change-card.ts',
      to: 'src/changes/change.ts',
      typeOnly: false,
    },
    { what: 'a noun that imports an edge', from: 'src/changes/plan.ts', to: 'src/aws/clients.ts', typeOnly: true },
    {
      what: 'a noun that imports a package',
      from: 'src/changes/plan.ts',
      to: '@aws-sdk/client-sagemaker',
      typeOnly: true,
    },
    {
      what: 'a handler that imports an edge',
      from: 'handlers/index.ts',
      to: 'src/store/open-store.ts',
      typeOnly: false,
    },
    { what: 'an edge that imports a face', from: 'src/slack/poster.ts', to: 'blocks/change-card.ts', typeOnly: true },
    {
      what: 'the local world that imports a noun',
      from: 'src/local/aws/front-door.ts',
      to: 'src/changes/plan.ts',
      typeOnly: true,
    },
    {
      what: 'wiring that imports the local world',
      from: 'src/wiring/bot.ts',
      to: 'src/local/open-world.ts',
      typeOnly: false,
    },
  ])('$what is refused', ({ from, to, typeOnly }) => {
    expect(importRule({ from, to, typeOnly })).toBe(`${from} → ${to}${typeOnly ? ' (types)' : ''}`);
  });
});

describe('what is deliberately absent', () => {
  const texts = sources.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  const filesWith = (pattern: RegExp): readonly string[] =>
    texts.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

  it('dates are parsed in one file', () => {
    expect(filesWith(/\bDate\.parse\(/)).toEqual(['src/kernel/time.ts']);
  });

  it('the real clock is read in one file', () => {
    expect(filesWith(/\bDate\.now\(|new Date\(\)/)).toEqual(['src/kernel/time.ts']);
  });

  it('process.env is read in one file of the product', () => {
    const outside = filesWith(/\bprocess\.env\b/).filter((file) => !file.startsWith('src/local/'));
    expect(outside).toEqual(['src/config/environment.ts']);
  });

  it('a noun decides without waiting: only its acts are async', () => {
    const nouns = sources.filter((file) => roomOf(file) === 'nouns' && !file.includes('/acts/'));
    const waiting = filesWith(/\basync\b|\bawait\b/);
    expect(nouns.length).toBeGreaterThan(50);
    expect(nouns.filter((file) => waiting.includes(file))).toEqual([]);
  });

  it('nobody rolls dice but the edges, for the jitter of a retry', () => {
    expect(filesWith(/\bMath\.random\(/).filter((file) => !/^src\/(store|aws|slack)\//.test(file))).toEqual([]);
  });
});

describe('nothing grows past what a reader can hold', () => {
  const cap = (file: string): number => (file.startsWith('handlers/') && !/index\.ts$/.test(file) ? 90 : 250);

  it('files', () => {
    const long = sources.map((file) => [file, linesOf(file)] as const).filter(([file, lines]) => lines > cap(file));
    expect(long).toEqual([]);
  });

  it('tests', () => {
    const long = filesBelow('test')
      .map((file) => [file, linesOf(file)] as const)
      .filter(([, lines]) => lines > 350);
    expect(long).toEqual([]);
  });

  it('functions', () => {
    expect(sources.flatMap(longFunctions)).toEqual([]);
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

function linesOf(file: string): number {
  return readFileSync(join(root, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

function importsOf(file: string): readonly Import[] {
  const { module, program } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  const reexports = program.body.flatMap((node) =>
    (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source
      ? [{ specifier: node.source.value, typeOnly: node.exportKind === 'type' }]
      : [],
  );
  const statics = module.staticImports.map((each) => ({
    specifier: each.moduleRequest.value,
    typeOnly: each.entries.length > 0 && each.entries.every((entry) => entry.isType),
  }));
  const dynamics = module.dynamicImports.map((each) => ({
    specifier: readFileSync(join(root, file), 'utf8')
      .slice(each.moduleRequest.start, each.moduleRequest.end)
      .replace(/['"`]/g, ''),
    typeOnly: false,
  }));
  return [...statics, ...dynamics, ...reexports].map(({ specifier, typeOnly }) => ({
    from: file,
    to: specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier,
    typeOnly,
  }));
}

type Node = { readonly type: string; readonly start: number; readonly end: number };

function longFunctions(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const long: string[] = [];
  walk(parseSync(file, text).program, (node) => {
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return;
    const lines = text
      .slice(node.start, node.end)
      .split('\n')
      .filter((line) => line.trim() !== '').length;
    if (lines > 50 && !holdsFunctions(node))
      long.push(`${file}:${text.slice(0, node.start).split('\n').length} ${lines} lines`);
  });
  return long;
}

/** A maker (`makeX`, `openX`) that mostly holds the functions it returns is measured by those, up to 150 lines. */
function holdsFunctions(node: Node): boolean {
  let inner = 0;
  walk(node, (each) => {
    if (each !== node && /Function/.test(each.type)) inner += 1;
  });
  return inner >= 4;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const each of value) walk(each, visit);
  else if (isNode(value)) {
    visit(value);
    for (const each of Object.values(value)) walk(each, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
