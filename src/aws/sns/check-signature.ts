import type { CheckSignature } from '../../alerts/acts/verify-message.ts';
import { type FindCertificate, makeFindCertificate } from './certificates.ts';
import { verifySignature } from './verify-signature.ts';

/** The signature check that the intake uses: certificate by URL, then RSA. */
export function makeCheckSignature(findCertificate: FindCertificate = makeFindCertificate()): CheckSignature {
  return async function checkSignature(message, certificateUrl) {
    const certificate = await findCertificate(certificateUrl);
    return certificate.ok ? verifySignature(message, certificate.value) : certificate;
  };
}
