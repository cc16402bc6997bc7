import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const isThere = (path: string): boolean => existsSync(join(root, path));
const backticked = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, inner = '']) => inner);

describe('the page of features', () => {
  const rows = [...read('docs/features.md').matchAll(/^\| (\d+) \| (.+) \| ([^|]+) \|$/gm)].map(
    ([, number, feature = '', shownBy = '']) => ({ number: Number(number), feature, shownBy }),
  );
  const shown = rows.filter(({ shownBy }) => shownBy !== 'not yet');

  it('has a row for each number from 1 to 123', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 123 }, (_, place) => place + 1));
  });

  it('says in each row "not yet" or the tests that show it, and nothing else', () => {
    const odd = shown.filter(({ shownBy }) => !/^`test\/[^`]+\.test\.ts`(, `test\/[^`]+\.test\.ts`)*$/.test(shownBy));
    expect(odd).toEqual([]);
    expect(shown.length).toBeGreaterThan(0);
  });

  it('names tests that exist and that hold something', () => {
    const named = shown.flatMap(({ shownBy }) => backticked(shownBy));
    expect(named.filter((test) => !isThere(test) || !/\bit(\.each)?\(/.test(read(test)))).toEqual([]);
  });
});

describe('the papers name only what is there', () => {
  /** A paper that is not written yet names nothing; from its first line on, everything in it has to hold. */
  const papers = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].filter(isThere);
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`);

  it.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'])('paths in %s', (paper) => {
    const paths = papers.includes(paper) ? backticked(read(paper)).flatMap(pathIn) : [];
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });

  it('links between papers', () => {
    const broken = [...papers, ...inDocs].flatMap((paper) =>
      linksIn(read(paper))
        .filter((link) => !isThere(join(dirname(paper), link)))
        .map((link) => `${paper}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it.each([
    ['`src/entry/cli.ts`', ['src/entry/cli.ts']],
    ['`src/audit/`', ['src/audit/']],
    ['`src/kernel/time.ts:12`', ['src/kernel/time.ts']],
    ['`data/Employees Promotion.csv`', ['data/Employees Promotion.csv']],
    ['`manifest.yml` and `docs/adr`', ['manifest.yml', 'docs/adr']],
    ['`src/<noun>/acts/`, `test/*.test.ts`, `{src,test}/x`, `docs/adr/NNNN-title.md`', []],
    ['`/slack/events`, `npm test`, `a/b`, `https://x.example/src/y`, `understudy.yml`', []],
  ])('a path is recognised in %s', (text, paths) => {
    expect(backticked(text).flatMap(pathIn)).toEqual(paths);
  });
});

describe('the decisions', () => {
  const files = isThere('docs/adr') ? readdirSync(join(root, 'docs/adr')).filter((file) => file !== 'README.md') : [];

  it('are numbered from 1 without gaps, each number once', () => {
    const numbers = files.map((file) => Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1])).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, place) => place + 1));
  });

  it('carry their own number in their title', () => {
    const titles = files.map((file) => [file, /^# (?:ADR )?(\d+)/.exec(read(`docs/adr/${file}`))?.[1]] as const);
    expect(titles.filter(([file, number]) => Number(number) !== Number(file.slice(0, 4)))).toEqual([]);
  });
});

/** What stands at the top of the repository and is ours; `dist` and the like are made. */
function atTop(): readonly string[] {
  return readdirSync(root).filter((name) => !/^(\.|dist$|node_modules$)/.test(name));
}

/** The path that a piece of code in a paper means; none when it is a pattern, a command, a route or an address. */
function pathIn(piece: string): readonly string[] {
  const path = piece.replace(/:\d+$/, '');
  const isPattern = /[*<>{}…|]|\bNNNN\b/.test(path);
  const [first = ''] = path.split('/');
  const isOurs = atTop().includes(first) && (path.includes('/') || /\.\w+$/.test(path));
  const isGone = /^(src|handlers|blocks|data|docs|test|bench|infra)\//.test(path);
  return !isPattern && (isOurs || isGone) ? [path] : [];
}

/** Relative links, without their anchors. */
function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => decodeURIComponent(link.replace(/#.*$/, '')))
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link));
}
