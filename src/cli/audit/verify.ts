import type { ChainReport } from '../../audit/verify-chain.ts';
import { instant, isoInstant, spanText } from '../../kernel/time.ts';
import { plainLine } from '../plain-line.ts';
import { readArgs } from '../read-args.ts';
import { exitCodes, type Verb } from '../verb.ts';
import { knownChain, openTrail } from './open-trail.ts';

/** What can be said of a chain. `consistent`: its lines hold together, but no signed checkpoint vouches for them. */
type Standing = 'verified' | 'consistent' | 'empty' | 'broken';

/** `understudy audit verify`: every line, every body and every signature, read anew. */
export const auditVerify: Verb = {
  usage: 'understudy audit verify [--chain NAME] [--config FILE] [--json]',
  says: 'checks the audit trail: up to where it is complete, what is not sealed yet, the first bad line',
  run: async (args, surroundings) => {
    const { texts, switches } = readArgs(args, { texts: ['chain', 'config'], switches: ['json'] });
    const trail = openTrail(texts.config, surroundings);
    const chains = texts.chain === undefined ? await trail.chains() : [await knownChain(trail, texts.chain)];
    const found: { readonly standing: Standing; readonly report: ChainReport }[] = [];
    for (const chain of chains) {
      const report = await trail.verify(chain);
      found.push({ standing: standingOf(report), report });
    }
    const { keyId } = trail;
    const standings = found.map(({ standing }) => standing);
    const text = switches.has('json')
      ? JSON.stringify({ keyId, chains: found.map(({ standing, report }) => ({ standing, ...report })) }, null, 2)
      : [...found.flatMap(({ standing, report }) => linesOn(report, standing)), `Signing key ${keyId}.`].join('\n');
    surroundings.print(text);
    return exitCodeOf(standings);
  },
};

function standingOf({ firstBad, checkpoint, lines, unsealed }: ChainReport): Standing {
  if (firstBad) return 'broken';
  if (checkpoint) return 'verified';
  return lines === 0 && unsealed.length === 0 ? 'empty' : 'consistent';
}

/** A chain in which nothing was ever written says nothing for or against the others. */
function exitCodeOf(standings: readonly Standing[]): number {
  if (standings.includes('broken')) return exitCodes.finding;
  const isAllVerified = !standings.includes('consistent') && standings.includes('verified');
  return isAllVerified ? exitCodes.clean : exitCodes.cannotSay;
}

function linesOn(report: ChainReport, standing: Standing): readonly string[] {
  return [`${report.chain}: ${headline(report, standing)}`, ...badLines(report), ...unsealedLines(report)].map(
    plainLine,
  );
}

function headline(report: ChainReport, standing: Standing): string {
  if (standing === 'empty') return 'nothing is written yet.';
  if (report.lines === 0) return 'nothing is sealed yet.';
  const lines = countOf(report.lines, 'line');
  if (standing === 'broken') return `BROKEN. ${lines}, ${upTo(report)}.`;
  if (standing === 'verified') return `${lines}, ${upTo(report)}.`;
  const hold = report.lines === 1 ? 'holds' : 'hold';
  return `${lines} that ${hold} together. There is no checkpoint yet, so nobody vouches for that.`;
}

function upTo({ checkpoint, since }: ChainReport): string {
  if (!checkpoint) return 'none of them vouched for';
  const at = isoInstant(instant(checkpoint.at));
  return `complete up to checkpoint ${checkpoint.line} of ${at}, ${countOf(since, 'line')} since`;
}

function badLines({ firstBad }: ChainReport): readonly string[] {
  if (!firstBad) return [];
  const { line, why, entry, stored, computed } = firstBad;
  return [
    `  First bad line ${line}: ${why}.`,
    ...(entry === undefined ? [] : [`  Entry    ${entry}`]),
    ...(stored === undefined ? [] : [`  Stored   ${stored}`]),
    ...(computed === undefined ? [] : [`  Computed ${computed}`]),
  ];
}

const unsealedShownMost = 10;

function unsealedLines({ unsealed }: ChainReport): readonly string[] {
  const shown = unsealed.slice(0, unsealedShownMost);
  const more = unsealed.length - shown.length;
  return [
    ...shown.map(({ id, ageMs }) => `  Not sealed yet: entry ${id}, written ${spanText(ageMs)} ago.`),
    ...(more > 0 ? [`  Not sealed yet: ${countOf(more, 'more entry', 'more entries')}.`] : []),
  ];
}

function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
