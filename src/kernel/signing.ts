import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** Signs texts under one key. A key management service answers later, so the signature may be a promise. */
export type Signer = {
  readonly keyId: string;
  readonly sign: (text: string) => string | Promise<string>;
};

/** A key that signatures are checked against. */
export type Verifier = {
  readonly keyId: string;
  readonly holds: (text: string, signature: string) => boolean;
};

/**
 * A signer with a private Ed25519 key in PEM (PKCS 8). Signatures are base64.
 * @throws {RangeError} when the key is of another sort
 */
export function makeSigner(privateKeyPem: string): Signer {
  const key = ed25519(createPrivateKey(privateKeyPem));
  return {
    keyId: keyIdOf(createPublicKey(key)),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64'),
  };
}

/** @throws {RangeError} when the key is not Ed25519 */
export function makeVerifier(publicKeyPem: string): Verifier {
  const key = ed25519(createPublicKey(publicKeyPem));
  return {
    keyId: keyIdOf(key),
    holds: (text, signature) => verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64')),
  };
}

/** The public half of a private key, in PEM: what an auditor is given. */
export function publicKeyOf(privateKeyPem: string): string {
  return createPublicKey(createPrivateKey(privateKeyPem)).export({ type: 'spki', format: 'pem' }).toString();
}

/** A new private Ed25519 key, in PEM. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new RangeError(`An Ed25519 key is needed; this one is ${key.asymmetricKeyType ?? 'symmetric'}`);
}

/** First 16 hex digits of the SHA-256 of the public key in DER. */
function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}
