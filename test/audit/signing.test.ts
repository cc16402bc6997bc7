import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeSigner, makeVerifier, newSigningKey, publicKeyOf } from '../../src/kernel/signing.ts';

describe('a signing key', () => {
  it('has the same name on both of its halves: 16 hex digits', () => {
    const key = newSigningKey();
    expect(makeSigner(key).keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(makeVerifier(publicKeyOf(key)).keyId).toBe(makeSigner(key).keyId);
  });

  it('signs what only its public half accepts, for that text alone', async () => {
    const key = newSigningKey();
    const signature = await makeSigner(key).sign('ten lines');
    expect(makeVerifier(publicKeyOf(key)).holds('ten lines', signature)).toBe(true);
    expect(makeVerifier(publicKeyOf(key)).holds('nine lines', signature)).toBe(false);
    expect(makeVerifier(publicKeyOf(newSigningKey())).holds('ten lines', signature)).toBe(false);
  });

  it('of RFC 8032, section 7.1, test 1 signs as it is written there', async () => {
    const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
    // PKCS 8 puts this in front of the 32 bytes of an Ed25519 seed.
    const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex').toString('base64');
    const signer = makeSigner(`-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----`);
    const expected =
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';
    expect(Buffer.from(await signer.sign(''), 'base64').toString('hex')).toBe(expected);
  });

  it('of another sort is refused', () => {
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect(() => makeSigner(elliptic.export({ type: 'pkcs8', format: 'pem' }).toString())).toThrow(/Ed25519.*ec/);
  });
});
