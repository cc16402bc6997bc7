import { describe, expect, it } from 'vitest';
import { type Checkpoint, checkpointText } from '../../src/audit/checkpoint.ts';
import { emptyChain, type Seal, sealAfter, sealHash } from '../../src/audit/seal.ts';
import { type StoredChain, verifyChain } from '../../src/audit/verify-chain.ts';
import { sha256Hex } from '../../src/kernel/digest.ts';
import { timeOrderedId } from '../../src/kernel/ids.ts';
import { makeSigner, makeVerifier, newSigningKey, publicKeyOf } from '../../src/kernel/signing.ts';
import { type EpochMs, instant, plus } from '../../src/kernel/time.ts';

const start = instant(1_795_424_400_000);
const key = newSigningKey();
const verifiers = [makeVerifier(publicKeyOf(key))];

/** Ten lines, a second apart, the last checkpoint at line 6. */
function tenLines(): { entries: { id: string; bodyHash: string; at: EpochMs }[]; seals: Seal[] } {
  const entries = Array.from({ length: 10 }, (_, n) => {
    const at = plus(start, n * 1_000);
    return { id: timeOrderedId(at, new Uint8Array(16).fill(n)), bodyHash: sha256Hex(`body ${n}`), at };
  });
  return { entries, seals: [...sealAfter(emptyChain, 'promo', entries)] };
}

async function checkpointAt(seals: readonly Seal[], line: number, more: Partial<Checkpoint> = {}): Promise<Checkpoint> {
  const signer = makeSigner(key);
  const at = plus(start, line * 1_000);
  const said = { chain: 'promo', seq: line, hash: seals[line - 1]?.hash ?? '', at, keyId: signer.keyId, ...more };
  return { ...said, signature: await signer.sign(checkpointText(said)) };
}

async function stored(change: Partial<StoredChain> = {}): Promise<StoredChain> {
  const { entries, seals } = tenLines();
  return { chain: 'promo', entries, seals, checkpoints: [await checkpointAt(seals, 6)], ...change };
}

const verify = (chain: StoredChain, at = plus(start, 60_000)) => verifyChain(chain, verifiers, at);

/** What somebody does who knows how hashing works and has no key: everything from line 1 is built anew. */
const rebuilt = (entries: readonly { id: string; bodyHash: string }[]) => sealAfter(emptyChain, 'promo', entries);

describe('a whole chain', () => {
  it('is complete up to its checkpoint, with the lines since', async () => {
    const report = verify(await stored());
    expect(report).toMatchObject({ lines: 10, verifiedUpTo: 6, since: 4, unsealed: [], firstBad: undefined });
    expect(report.checkpoint).toMatchObject({ line: 6, at: plus(start, 6_000) });
    expect(report).toMatchObject({ firstAt: start, lastAt: plus(start, 9_000) });
  });

  it('an entry that waits for its line is shown with its age', async () => {
    const chain = await stored();
    const id = timeOrderedId(plus(start, 58_000));
    const report = verify({ ...chain, entries: [...chain.entries, { id, bodyHash: 'x' }] });
    expect(report).toMatchObject({ unsealed: [{ id, ageMs: 2_000 }], firstBad: undefined });
  });

  it('without a line there is nothing to doubt', () => {
    const empty = { chain: 'promo', entries: [], seals: [], checkpoints: [] };
    expect(verify(empty)).toMatchObject({ lines: 0, verifiedUpTo: 0, checkpoint: undefined, firstBad: undefined });
  });

  it('a checkpoint that two witnesses keep counts once', async () => {
    const chain = await stored();
    const report = verify({ ...chain, checkpoints: [...chain.checkpoints, ...chain.checkpoints] });
    expect(report).toMatchObject({ verifiedUpTo: 6, firstBad: undefined });
  });
});

describe('what was done to a chain is found at its line', () => {
  it('an edited entry', async () => {
    const chain = await stored();
    const entries = chain.entries.map((entry, n) => (n === 3 ? { ...entry, bodyHash: sha256Hex('edited') } : entry));
    const { firstBad, verifiedUpTo } = verify({ ...chain, entries });
    expect(firstBad).toMatchObject({ line: 4, computed: sha256Hex('edited'), stored: sha256Hex('body 3') });
    expect(firstBad?.why).toMatch(/was changed/);
    expect(verifiedUpTo).toBe(0);
  });

  it('a deleted entry', async () => {
    const chain = await stored();
    const { firstBad } = verify({ ...chain, entries: chain.entries.filter((_, n) => n !== 7) });
    expect(firstBad).toMatchObject({ line: 8, why: expect.stringMatching(/was deleted/) });
  });

  it('an edit behind the checkpoint leaves the lines up to the checkpoint vouched for', async () => {
    const chain = await stored();
    const { verifiedUpTo, firstBad } = verify({ ...chain, entries: chain.entries.slice(0, 8) });
    expect({ verifiedUpTo, line: firstBad?.line }).toEqual({ verifiedUpTo: 6, line: 9 });
  });

  it('a deleted line', async () => {
    const chain = await stored();
    const { firstBad } = verify({ ...chain, seals: chain.seals.filter(({ seq }) => seq !== 5) });
    expect(firstBad).toMatchObject({ line: 5, why: 'line 5 is missing; line 6 follows' });
  });

  it('an edited line', async () => {
    const chain = await stored();
    const seals = chain.seals.map((seal) => (seal.seq === 5 ? { ...seal, bodyHash: sha256Hex('other') } : seal));
    expect(verify({ ...chain, seals }).firstBad).toMatchObject({ line: 5, why: expect.stringMatching(/hash/) });
  });

  it('an edited line whose own hash was made right again', async () => {
    const chain = await stored();
    const seals = chain.seals.map((seal) => {
      if (seal.seq !== 5) return seal;
      const edited = { ...seal, entryId: chain.entries[8]?.id ?? '', bodyHash: chain.entries[8]?.bodyHash ?? '' };
      return { ...edited, hash: sealHash(edited) };
    });
    expect(verify({ ...chain, seals }).firstBad).toMatchObject({ line: 6, why: expect.stringMatching(/continue/) });
  });

  it('two lines that changed places', async () => {
    const { entries, ...chain } = await stored();
    const [first, second, third, ...rest] = entries;
    if (!first || !second || !third) throw new Error('too few entries');
    const swapped = [first, third, second, ...rest];
    const { firstBad } = verify({ ...chain, entries, seals: rebuilt(swapped) });
    expect(firstBad).toMatchObject({ line: 6, why: expect.stringMatching(/signed checkpoint/) });
  });

  it('lines cut off below the checkpoint', async () => {
    const chain = await stored();
    const { firstBad } = verify({ ...chain, entries: chain.entries.slice(0, 4), seals: chain.seals.slice(0, 4) });
    expect(firstBad).toMatchObject({ line: 5, why: 'cut off: a signed checkpoint vouches for 6 lines' });
  });

  it('an inserted line with everything behind it built anew', async () => {
    const { entries, ...chain } = await stored();
    const forged = { id: timeOrderedId(plus(start, 1_500)), bodyHash: sha256Hex('forged') };
    const all = [...entries.slice(0, 2), forged, ...entries.slice(2)];
    const { firstBad } = verify({ ...chain, entries: all, seals: rebuilt(all) });
    expect(firstBad).toMatchObject({ line: 6, why: expect.stringMatching(/signed checkpoint/) });
  });

  it('an entry slipped in without a line, once the chain was sealed well past it', async () => {
    const chain = await stored();
    const later = await checkpointAt(chain.seals, 10, { at: plus(start, 15 * 60_000) });
    const id = timeOrderedId(plus(start, 2_500));
    const slipped = { ...chain, entries: [...chain.entries, { id, bodyHash: 'x' }], checkpoints: [later] };
    expect(verify(slipped).firstBad).toMatchObject({ line: 4, entry: id, why: expect.stringMatching(/slipped in/) });
  });

  it('one entry sealed twice', async () => {
    const { entries, ...chain } = await stored({ checkpoints: [] });
    const [first] = entries;
    if (!first) throw new Error('no entry');
    const report = verify({ ...chain, entries, seals: rebuilt([...entries, first]) });
    expect(report.firstBad).toMatchObject({ line: 11, why: 'it seals the same entry as line 1' });
  });

  it('a line taken from another chain', async () => {
    const chain = await stored();
    const seals = sealAfter(emptyChain, 'churn', chain.entries);
    expect(verify({ ...chain, seals }).firstBad).toMatchObject({ line: 1, why: expect.stringMatching(/chain churn/) });
  });
});

describe('a checkpoint is believed only with its signature', () => {
  it('under a key that is known', async () => {
    const chain = await stored();
    const strangers = [makeVerifier(publicKeyOf(newSigningKey()))];
    const report = verifyChain(chain, strangers, start);
    expect(report).toMatchObject({ verifiedUpTo: 0, firstBad: { line: 6 } });
    expect(report.firstBad?.why).toMatch(/not known here/);
  });

  it.each([
    ['its time', { at: instant(0) }],
    ['its hash', { hash: '0'.repeat(64) }],
    ['its line', { seq: 5 }],
    ['its signature', { signature: 'AAAA' }],
  ])('a changed one is refused: %s', async (_, change) => {
    const chain = await stored();
    const checkpoints = chain.checkpoints.map((checkpoint) => ({ ...checkpoint, ...change }));
    const report = verify({ ...chain, checkpoints });
    expect(report.firstBad?.why).toMatch(/its signature is wrong/);
    expect(report.verifiedUpTo).toBe(0);
  });

  it('an old key stays good for what it signed', async () => {
    const chain = await stored();
    const both = [makeVerifier(publicKeyOf(newSigningKey())), ...verifiers];
    expect(verifyChain(chain, both, start)).toMatchObject({ verifiedUpTo: 6, firstBad: undefined });
  });
});
