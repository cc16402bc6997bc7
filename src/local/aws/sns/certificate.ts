import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { type EpochMs, type Now, plus } from '../../../kernel/time.ts';
import {
  bitString,
  explicit,
  integer,
  nothing,
  objectId,
  octetString,
  sequence,
  setOf,
  utcTime,
  utf8String,
} from './der.ts';

/** What SNS signs with, and what proves it. */
export type SigningCertificate = { readonly privateKey: KeyObject; readonly pem: string };

/** The certificate and where it is served: `/SimpleNotificationService-<32 hex>.pem`. */
export type Signer = { readonly path: string; readonly certificate: () => SigningCertificate };

const dayMs = 24 * 3_600_000;
const sha256WithRsa = '1.2.840.113549.1.1.11';
const commonName = '2.5.4.3';
const subjectAltName = '2.5.29.17';
/** GeneralName's choice for a DNS name. */
const dnsNameTag = 0x82;

/** Makes its certificate when the first message is signed: an RSA key takes a tenth of a second. */
export function openSigner(host: string, wall: Now): Signer {
  let made: SigningCertificate | undefined;
  return {
    path: `/SimpleNotificationService-${randomBytes(16).toString('hex')}.pem`,
    certificate: () => {
      made ??= makeSigningCertificate(host, wall());
      return made;
    },
  };
}

/** Makes an RSA key and a certificate for it, signed by itself, valid from yesterday for a year. */
export function makeSigningCertificate(host: string, wall: EpochMs): SigningCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = sequence(objectId(sha256WithRsa), nothing);
  const name = sequence(setOf(sequence(objectId(commonName), utf8String(host))));
  const dnsName = Buffer.concat([Buffer.from([dnsNameTag, host.length]), Buffer.from(host, 'latin1')]);
  const toSign = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serialNumber()),
    algorithm,
    name,
    sequence(utcTime(plus(wall, -dayMs)), utcTime(plus(wall, 365 * dayMs))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(sequence(objectId(subjectAltName), octetString(sequence(dnsName))))),
  );
  const certificate = sequence(toSign, algorithm, bitString(sign('sha256', toSign, privateKey)));
  return { privateKey, pem: pemOf(certificate) };
}

/** DER wants integers at their shortest, so the first octet must not be zero. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) | 0x40;
  return bytes;
}

function pemOf(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
