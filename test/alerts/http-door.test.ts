import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSnsDoor } from '../../src/aws/sns/http-door.ts';
import { type AlertBench, later, openAlertBench } from '../kit/alerts.ts';
import type { Wish } from '../kit/sns.ts';

let bench: AlertBench;
let troubles: unknown[];
let post: (body: string | Buffer, headers?: Record<string, string>) => Promise<number>;
beforeEach(async () => {
  bench = await openAlertBench();
  troubles = [];
  const door = makeSnsDoor({ takeMessage: bench.acts.takeMessage, onTrouble: (error) => troubles.push(error) });
  post = async (body, headers = {}) => (await door(headers, Buffer.from(body))).status;
});
afterEach(() => bench.close());

const signed = (wish: Wish = {}) => bench.signer.message('Hello', { sentAt: bench.time.wall, ...wish });
const forged = () => JSON.stringify({ ...JSON.parse(signed()), Message: 'Goodbye' });

describe('what SNS is answered decides whether it sends again', () => {
  it('stored is 200, and so is a redelivery', async () => {
    const body = signed();
    expect([await post(body), await post(body)]).toEqual([200, 200]);
  });

  it.each<[string, () => string, number]>([
    ['forged', forged, 403],
    ['of a foreign topic', () => signed({ TopicArn: 'arn:aws:sns:us-east-1:999999999999:mine' }), 403],
    ['too old', () => signed({ sentAt: later(bench.time.wall, -90) }), 403],
    ['no envelope', () => '{}', 400],
    ['empty', () => '', 400],
    ['too large', () => 'x'.repeat(2_097_153), 413],
  ])('%s is never sent again', async (_, body, status) => {
    expect(await post(body())).toBe(status);
    expect(troubles).toEqual([]);
  });

  it('raw is refused by its header, whatever it holds', async () => {
    expect(await post(signed(), { 'x-amz-sns-rawdelivery': 'true' })).toBe(400);
  });

  it('what is no UTF-8 is refused', async () => {
    expect(await post(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).toBe(400);
  });

  it('what cannot be verified now is 503, and taken when it comes again', async () => {
    bench.signer.server.down = true;
    const body = signed();
    expect(await post(body)).toBe(503);
    bench.signer.server.down = false;
    expect(await post(body)).toBe(200);
    expect(troubles).toHaveLength(1);
  });

  it('so is what cannot be stored now', async () => {
    const body = signed();
    await bench.close();
    expect(await post(body)).toBe(503);
    bench = await openAlertBench();
  });
});
