import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { inHome } from '../cli/kit.ts';
import { run } from '../local-world/net-watch.ts';

const cli = inHome('dist/src/entry/cli.js');

/** The slowest test there is: the whole story at sixty times the speed of the watch, about a minute and a quarter. */
describe('the tour, from end to end', { timeout: 150_000 }, () => {
  let said: string;
  let code: number | null;
  let tookMs: number;

  beforeAll(async () => {
    const began = performance.now();
    const tour = run([cli, 'tour'], { PATH: process.env.PATH ?? '' }, tmpdir());
    ({ code, said } = await tour.ended);
    tookMs = performance.now() - began;
  }, 150_000);

  it('ends well and by itself, within two minutes', () => {
    expect(code, said.slice(-2_000)).toBe(0);
    expect(tookMs).toBeLessThan(120_000);
    expect(said).toMatch(/The day is over after \d+ s\./);
  });

  it('plays its six scenes in order', () => {
    const scenes = [...said.matchAll(/^━━ (\d)\. (.+)$/gm)].map(([, number, title]) => `${number} ${title}`);
    expect(scenes).toEqual([
      '1 Two versions are registered',
      '2 Version 1 is deployed, agreed by a second person',
      '3 Version 2 plays along in the shadows',
      '4 Production turns slow',
      '5 Version 2 is promoted, and rolled back',
      '6 Who did what',
    ]);
  });

  it('with two replicas of the bot, which post each summary once', () => {
    expect(said.match(/^ {2}bot +http:\/\/127\.0\.0\.1:\d+$/gm)).toHaveLength(2);
    const summaries = [...said.matchAll(/summary of [\d-]+ · [^\n]*/g)].length;
    const posted = blocksOf(said).filter((block) => /Understudy posts #/.test(block) && /p95 latency/.test(block));
    const windows = posted.map((block) => /shadow requests, ([^\n]+)/.exec(block)?.[1]);
    expect(summaries).toBeGreaterThan(0);
    expect(posted.length).toBeGreaterThan(0);
    expect(new Set(windows).size).toBe(posted.length);
  });

  it('shows what the day was about: a second person, an alarm that resolves, a way back, a whole trail', () => {
    for (const words of [
      'somebody else has to approve',
      /Live · employee-promotion 1\b/,
      /Firing, high/,
      /Acknowledged, high/,
      /Resolved after/,
      /Live · employee-promotion 1.→.2/,
      /2.→.1/,
      'Audit trail is whole',
    ]) {
      expect(said).toMatch(words);
    }
  });

  it('says nothing of trouble', () => {
    expect(said).not.toMatch(/broke in Understudy itself|unhandled|Warning:|"level":[56]0/i);
  });
});

/** What became visible, one piece for each message. */
function blocksOf(transcript: string): readonly string[] {
  return transcript.split(/\n(?= {2}\d\d:\d\d {2}Understudy )/);
}
