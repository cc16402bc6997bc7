import { readFileSync } from 'node:fs';

/** The cases of one golden file; each file names the calls that made its numbers. */
export function goldenCases<Case>(file: string): Case[] {
  const url = new URL(`../../data/golden/${file}`, import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as { cases: Case[] }).cases;
}
