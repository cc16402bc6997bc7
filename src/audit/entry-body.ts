import { Fault } from '../kernel/fault.ts';
import { canonicalJson, type Json } from '../kernel/json.ts';
import type { EpochMs } from '../kernel/time.ts';
import { Entry } from './entry.ts';

/** An entry as it is kept and hashed: one string of canonical JSON, never rebuilt after it was written. */
export function entryBody(entry: Entry): string {
  return canonicalJson(wellFormed(entry as Json));
}

/** @throws {Fault} when the body is not an entry, naming the line: a trail is shown whole or not at all */
export function readEntry(line: { readonly chain: string; readonly id: string; readonly body: string }): Entry {
  const read = Entry.safeParse(parsed(line.body));
  if (read.success) return read.data;
  throw new Fault('audit-unreadable', `Entry ${line.id} of ${line.chain} does not read. Run the audit verification.`, {
    cause: read.error,
  });
}

/** The domain instant of the entry, if its body still has one. */
export function instantIn(body: string): EpochMs | undefined {
  return Entry.pick({ at: true }).safeParse(parsed(body)).data?.at;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** People and senders can type half a surrogate pair, which canonical JSON refuses; an entry must not fail over it. */
function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => wellFormed(item));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replace(/\p{Surrogate}/gu, '\ufffd'),
      member === undefined ? undefined : wellFormed(member),
    ]),
  );
}
