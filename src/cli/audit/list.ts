import type { Actor, Entry } from '../../audit/entry.ts';
import { Fault } from '../../kernel/fault.ts';
import { isoInstant } from '../../kernel/time.ts';
import { plainLine } from '../plain-line.ts';
import { readArgs } from '../read-args.ts';
import { exitCodes, type Verb } from '../verb.ts';
import { knownChain, openTrail, type Trail } from './open-trail.ts';

const shownAtFirst = 20;
const shownMost = 1_000;

/** `understudy audit list`: who did what and who was refused, newest first. */
export const auditList: Verb = {
  usage: 'understudy audit list --chain NAME [--limit N] [--config FILE] [--json]',
  says: `the newest entries of a chain, ${shownAtFirst} unless said otherwise`,
  run: async (args, surroundings) => {
    const { texts, switches } = readArgs(args, { texts: ['chain', 'limit', 'config'], switches: ['json'] });
    const limit = limitIn(texts.limit);
    const trail = openTrail(texts.config, surroundings);
    const chain = await knownChain(trail, texts.chain);
    const lines = await newest(trail, chain, limit);
    surroundings.print(
      switches.has('json') ? JSON.stringify({ chain, lines }, null, 2) : lines.map(lineText).join('\n') || nothing,
    );
    return exitCodes.clean;
  },
};

const nothing = 'Nothing is written yet.';

type Line = { readonly line: number | null; readonly entry: Entry };

async function newest(trail: Trail, chain: string, limit: number): Promise<readonly Line[]> {
  const entries = await trail.entries(chain, { limit, newestFirst: true });
  const first = entries.at(-1);
  const last = entries[0];
  if (!first || !last) return [];
  const numbers = await trail.lineNumbers(chain, first.id, last.id);
  return entries.map((entry) => ({ line: numbers.get(entry.id) ?? null, entry }));
}

function lineText({ line, entry }: Line): string {
  const number = line === null ? 'unsealed' : String(line);
  const outcome = entry.outcome === 'done' ? '' : ` [${entry.outcome}]`;
  const subject = entry.subject ? ` ${entry.subject.id}` : '';
  const text = `${number.padStart(8)}  ${isoInstant(entry.at)}  ${whoOf(entry.by)}  ${entry.act}${subject}${outcome}: ${entry.sentence}`;
  return plainLine(text);
}

function whoOf(by: Actor): string {
  if (by.kind === 'person') return `${by.name} (${by.user})`;
  return by.kind === 'caller' ? by.arn : 'Understudy';
}

function limitIn(text: string | undefined): number {
  if (text === undefined) return shownAtFirst;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= shownMost) return limit;
  throw new Fault('usage', `--limit takes a whole number from 1 to ${shownMost}. \`audit export\` gives everything.`);
}
