import { closeSync, openSync, writeSync } from 'node:fs';
import type { Checkpoint } from '../../audit/checkpoint.ts';
import { entryBody } from '../../audit/entry-body.ts';
import type { Seal } from '../../audit/seal.ts';
import { sha256Hex } from '../../kernel/digest.ts';
import { Fault } from '../../kernel/fault.ts';
import { canonicalJson, type Json } from '../../kernel/json.ts';
import { readArgs } from '../read-args.ts';
import { exitCodes, type Surroundings, type Verb } from '../verb.ts';
import { knownChain, openTrail, type Trail } from './open-trail.ts';

/** `understudy audit export`: all of a chain that an auditor needs to verify it elsewhere. */
export const auditExport: Verb = {
  usage: 'understudy audit export --chain NAME [--out FILE] [--config FILE] [--json]',
  says: 'a whole chain as JSON lines: the public key, entries, seals, checkpoints',
  run: async (args, surroundings) => {
    // The answer is JSON either way; the flag is taken so that it can be given to every verb.
    const { texts } = readArgs(args, { texts: ['chain', 'out', 'config'], switches: ['json'] });
    const trail = openTrail(texts.config, surroundings);
    const chain = await knownChain(trail, texts.chain);
    const lines = await exportLines(trail, chain);
    if (texts.out === undefined) for (const line of lines) surroundings.print(line);
    else writeNew(texts.out, lines, surroundings);
    return exitCodes.clean;
  },
};

/** Read from the end of the writing order to its beginning, as verification does: nothing sealed meanwhile seems missing. */
async function exportLines(trail: Trail, chain: string): Promise<readonly string[]> {
  const copy = await trail.checkpointCopy(chain);
  const kept = await trail.checkpoints(chain);
  const seals = await allSeals(trail, chain);
  const entries = await allBodies(trail, chain);
  return [
    { kind: 'public-key', chain, keyId: trail.keyId, publicKey: trail.publicKey },
    ...entries.map((entry) => ({ kind: 'entry', ...entry })),
    ...seals.map((seal) => ({ kind: 'seal', ...seal })),
    ...[...kept, ...copyOf(copy?.checkpoint, kept)].map((checkpoint) => ({ kind: 'checkpoint', ...checkpoint })),
  ].map((line) => canonicalJson(line satisfies Json));
}

/** The copy of the state table is only worth a line when it says something that the trail does not. */
function copyOf(copy: Checkpoint | undefined, kept: readonly Checkpoint[]): readonly Checkpoint[] {
  return copy === undefined || kept.some(({ signature }) => signature === copy.signature) ? [] : [copy];
}

const atOnce = 500;

async function allSeals(trail: Trail, chain: string): Promise<readonly Seal[]> {
  const seals: Seal[] = [];
  for (;;) {
    const page = await trail.seals(chain, (seals.at(-1)?.seq ?? 0) + 1, atOnce);
    seals.push(...page);
    if (page.length < atOnce) return seals;
  }
}

/** @throws {Fault} when a body is not what is stored: what leaves here must hash as it does in the store */
async function allBodies(
  trail: Trail,
  chain: string,
): Promise<readonly { readonly id: string; readonly body: string }[]> {
  const bodies: { readonly id: string; readonly body: string }[] = [];
  for (;;) {
    const page = await trail.entries(chain, { after: bodies.at(-1)?.id, limit: atOnce });
    bodies.push(...page.map((entry) => ({ id: entry.id, body: entryBody(entry) })));
    if (page.length < atOnce) break;
  }
  const stored = new Map((await trail.entryHashes(chain)).map(({ id, bodyHash }) => [id, bodyHash]));
  const changed = bodies.find(({ id, body }) => stored.get(id) !== sha256Hex(body));
  if (!changed) return bodies;
  throw new Fault(
    'audit-unreadable',
    `Nothing was exported: entry ${changed.id} of ${chain} is not as it was written. \`understudy audit verify\` says more.`,
  );
}

/** An existing file may be somebody's evidence, so it is never written over. */
function writeNew(path: string, lines: readonly string[], { warn }: Surroundings): void {
  const file = openNew(path);
  try {
    for (const line of lines) writeSync(file, `${line}\n`);
  } finally {
    closeSync(file);
  }
  warn(`${lines.length} lines written to ${path}.`);
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    const why = code === 'EEXIST' ? 'exists already; nothing is written over' : `cannot be written (${code})`;
    throw new Fault('config', `Nothing was exported: ${path} ${why}. Name another file with --out.`, { cause });
  }
}
