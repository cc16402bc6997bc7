import type { Entry } from '../src/audit/entry.ts';
import type { AuditPage, TrailCheck } from '../src/audit/page.ts';
import { shortDigest } from '../src/kernel/digest.ts';
import { spanText } from '../src/kernel/time.ts';
import { type ButtonFace, buttons } from './buttons.ts';
import { foreign, foreignName } from './foreign.ts';
import type { Message } from './message.ts';
import { count, plural } from './numbers.ts';
import {
  bold,
  code,
  emoji,
  fact,
  facts,
  footer,
  headerOf,
  type Line,
  line,
  message,
  moment,
  nameOf,
  type Piece,
  utc,
} from './parts.ts';

const linesMost = 14;

/** A page of the trail, newest first; refusals carry their sign. Private. */
export function auditPageCard(page: AuditPage): Message {
  const newest = page.lines[0]?.entry;
  const shown = `${count(page.lines.length)} of ${plural(page.total, 'line')}`;
  const text = newest
    ? `Newest: ${utc(newest.at)}, ${whoOf(newest)}: ${foreign(newest.sentence, 160)}`
    : 'Nothing is written yet.';
  return message(
    `📜 Audit of ${page.chain}, ${shown}. ${text}`,
    headerOf(page.chain, (name) => `📜 Audit · ${name}`),
    facts(newest ? entryLines(page.lines) : [line('Nothing is written yet.')]),
    buttons(page.chain, page.total, { buttons: [...olderButton(page), verifyButton(page)] }),
    footer(`${rangeWords(page)} · only you see this`),
  );
}

function rangeWords({ lines, total }: AuditPage): string {
  const sealed = lines.flatMap(({ line: number }) => (number === undefined ? [] : [number]));
  if (sealed.length === 0) return `${count(lines.length)} of ${plural(total, 'line')}`;
  return `lines ${count(Math.min(...sealed))} to ${count(Math.max(...sealed))} of ${count(total)}`;
}

function olderButton({ chain, older }: AuditPage): readonly ButtonFace[] {
  if (older === undefined) return [];
  return [{ action: 'audit.older', text: 'Older', label: `Older audit lines of ${chain}`, about: `${chain}@${older}` }];
}

function verifyButton({ chain }: AuditPage): ButtonFace {
  return { action: 'audit.verify', text: 'Verify', label: `Verify the audit chain of ${chain}` };
}

/** A line for each day, then its entries; a page of many days carries the day in each line instead. */
function entryLines(lines: AuditPage['lines']): readonly Line[] {
  const days = new Set(lines.map(({ entry }) => dayOf(entry)));
  if (lines.length + days.size > linesMost) return lines.map((each) => entryLine(each, 'full'));
  return lines.flatMap((each, place) => {
    const before = lines[place - 1]?.entry;
    const isNewDay = before === undefined || dayOf(before) !== dayOf(each.entry);
    return [...(isNewDay ? [line(moment(each.entry.at, 'day'))] : []), entryLine(each, 'time')];
  });
}

function dayOf({ at }: Entry): string {
  return utc(at).slice(0, 10);
}

function entryLine({ entry, line: number }: AuditPage['lines'][number], form: 'full' | 'time'): Line {
  const signs = { refused: [emoji('no_entry'), ' '], failed: [emoji('x'), ' '], done: [] } as const;
  const sign: readonly Piece[] = signs[entry.outcome];
  const seal = number === undefined ? ' · not sealed yet' : ` · ${count(number)}`;
  return line(
    moment(entry.at, form),
    '  ',
    ...sign,
    bold(whoOf(entry)),
    `  ${foreign(entry.sentence, 130).replace(/\.$/, '')}${seal}`,
  );
}

function whoOf({ by }: Entry): string {
  if (by.kind === 'person') return nameOf(by);
  return by.kind === 'caller' ? foreignName(by.arn.split(':').at(-1) ?? by.arn) : 'Understudy';
}

/** What verification found. Private. */
export function trailCheckCard(check: TrailCheck): Message {
  return check.firstBad === undefined ? wholeCard(check) : brokenCard(check, check.firstBad);
}

function wholeCard(check: TrailCheck): Message {
  const { chain, lines } = check;
  const verified = `${count(lines)} of ${count(lines)} verified`;
  return message(
    `✅ Audit trail is whole: ${chain}, ${verified.replace(' verified', ' lines verified')}. Complete: ${completeWords(check)}.`,
    headerOf(chain, (name) => `✅ Audit trail is whole · ${name}`),
    facts([
      fact('Lines', verified, ...spanPieces(check)),
      fact('Complete', completeWords(check)),
      ...hashLines(check),
      ...unsealedLines(check),
    ]),
    footer('every line, every hash and every signature was read · only you see this'),
  );
}

function brokenCard(check: TrailCheck, bad: NonNullable<TrailCheck['firstBad']>): Message {
  const { chain, lines } = check;
  const why = foreign(bad.why, 160);
  const after = lines - bad.line;
  return message(
    `❌ Audit trail is broken at line ${count(bad.line)} of ${chain}: ${why}. ${bad.line > 1 ? `${soundWords(bad.line)}. ` : ''}Nothing was repaired. Next: keep it as it is and show it to an admin.`,
    headerOf(chain, (name) => `❌ Audit trail is broken at line ${count(bad.line)} · ${name}`),
    facts([
      ...(bad.line > 1 ? [line(emoji('white_check_mark'), `  ${soundWords(bad.line).toLowerCase()}`)] : []),
      line(emoji('x'), '  ', bold(`line ${count(bad.line)}`), `: ${why}`),
      ...(after > 0 ? [line(emoji('question'), `  ${plural(after, 'line')} after it hang on it`)] : []),
      ...(check.checkpoint && check.checkpoint.line < bad.line ? [fact('Complete', completeWords(check))] : []),
      ...unsealedLines(check),
      fact('Next', 'keep it as it is and show it to an admin'),
    ]),
    footer('nothing was repaired · only you see this'),
  );
}

function soundWords(line: number): string {
  return line === 2 ? 'Line 1 is whole' : `Lines 1 to ${count(line - 1)} are whole`;
}

function completeWords({ checkpoint, since }: TrailCheck): string {
  if (checkpoint === undefined) return 'there is no checkpoint yet';
  return `up to the checkpoint at line ${count(checkpoint.line)}, ${plural(since, 'line')} since`;
}

function hashLines({ lastHash }: TrailCheck): readonly Line[] {
  return lastHash === undefined ? [] : [fact('Last', code(`${shortDigest(lastHash)} … ${lastHash.slice(-4)}`))];
}

function spanPieces({ firstAt, lastAt }: TrailCheck): readonly Piece[] {
  if (firstAt === undefined || lastAt === undefined) return [];
  return [', ', moment(firstAt, 'day'), ' to ', moment(lastAt, 'day')];
}

function unsealedLines({ unsealed }: TrailCheck): readonly Line[] {
  if (unsealed.length === 0) return [];
  const oldest = Math.max(...unsealed.map((each) => each.ageMs));
  return [fact('Not sealed', `${plural(unsealed.length, 'line')} yet, the oldest for ${spanText(oldest)}`)];
}
