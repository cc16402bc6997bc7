import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instant, isoInstant, wallNow } from '../../src/kernel/time.ts';
import { makeSigningCertificate, type SigningCertificate } from '../../src/local/aws/sns/certificate.ts';
import { signedEnvelope, type Unsigned } from '../../src/local/aws/sns/envelope.ts';

export const topic = 'arn:aws:sns:us-east-1:111122223333:ml-guardrails';

export type Wish = Partial<Unsigned> & {
  readonly version?: '1' | '2';
  readonly certificateUrl?: string;
  readonly sentAt?: number;
};

let made: SigningCertificate | undefined;
/** One for all tests of a file: making an RSA key takes longer than a test. */
function signing(): SigningCertificate {
  made ??= makeSigningCertificate('sns.us-east-1.amazonaws.com', wallNow());
  return made;
}

/** An SNS that really signs, with its certificate behind a real server. `down` makes that server answer 503. */
export async function openSigner() {
  const certificate = signing();
  const path = '/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem';
  const server = { down: false, asked: 0 };
  const http = createServer((request, response) => {
    server.asked += 1;
    if (server.down) response.writeHead(503).end();
    else if (request.url === '/elsewhere.pem') response.writeHead(302, { location: path }).end();
    else if (request.url === path) response.end(certificate.pem);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  let count = 0;

  /** The text that SNS would post. */
  function message(text: string, { version = '2', certificateUrl, sentAt, ...members }: Wish = {}): string {
    count += 1;
    const unsigned: Unsigned = {
      Type: 'Notification',
      MessageId: `22b80b92-fdea-4c2c-8f9d-${String(count).padStart(12, '0')}`,
      TopicArn: topic,
      Message: text,
      Timestamp: isoInstant(instant(sentAt ?? wallNow())),
      ...members,
    };
    return signedEnvelope(unsigned, {
      certificate,
      certificateUrl: certificateUrl ?? origin + path,
      version,
    });
  }

  return {
    origin,
    server,
    message,
    pem: certificate.pem,
    path,
    close: () => new Promise((resolve) => http.close(resolve)),
  };
}
