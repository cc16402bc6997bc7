import { constants, verify, X509Certificate } from 'node:crypto';
import { type SnsMessage, signedText } from '../../alerts/sns-message.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';

/** Version 1 is SHA1withRSA, the default of a topic; version 2 is SHA256withRSA. */
const digests = { '1': 'sha1', '2': 'sha256' } as const;

/** Whether SNS signed this message with the key of this certificate. Pure; refused with why not. */
export function verifySignature(message: SnsMessage, certificatePem: string): Result<void, string> {
  const key = publicKeyOf(certificatePem);
  if (key === undefined) return refuse('its certificate cannot be read');
  const signature = Buffer.from(message.Signature, 'base64');
  const text = Buffer.from(signedText(message), 'utf8');
  const signed = verify(
    digests[message.SignatureVersion],
    text,
    { key, padding: constants.RSA_PKCS1_PADDING },
    signature,
  );
  return signed ? accept(undefined) : refuse('it was not signed with that certificate');
}

function publicKeyOf(pem: string) {
  try {
    const { publicKey } = new X509Certificate(pem);
    return publicKey.asymmetricKeyType === 'rsa' ? publicKey : undefined;
  } catch {
    // What is no certificate proves nothing; the caller refuses the message.
    return undefined;
  }
}
