import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlertBench, mira, model, openAlertBench } from '../kit/alerts.ts';
import { topic } from '../kit/sns.ts';

let bench: AlertBench;
beforeEach(async () => {
  bench = await openAlertBench();
});
afterEach(() => bench.close());

const replay = (messageId: string, acts = bench.acts) => acts.replayMessage({ messageId, by: mira, requestId: 'r-9' });

async function unread(): Promise<string> {
  await bench.take({ Trigger: { Dimensions: [{ name: 'EndpointName', value: 'churn' }] } });
  await bench.acts.readInbox();
  const [kept] = await bench.messages();
  return kept?.messageId ?? '';
}

describe('a kept message is read again', () => {
  it('and is an incident once the configuration knows its endpoint', async () => {
    const messageId = await unread();
    const today = afterChurnWasAdded();
    expect(await replay(messageId, today)).toMatchObject({
      ok: true,
      value: { id: 'I1', model: 'churn', channel: 'C0CHURN' },
    });
    expect(await bench.message(messageId)).toMatchObject({ state: { kind: 'read', incident: 'I1' } });
    expect((await bench.wanted(`inbox:${messageId}`))?.wanted).toBe(2);
    expect((await bench.trail('churn')).sort()).toEqual(['incident.opened done', 'message.replayed done']);
  });

  it('twice without a second effect', async () => {
    const messageId = await unread();
    const today = afterChurnWasAdded();
    await replay(messageId, today);
    expect(await replay(messageId, today)).toMatchObject({ ok: true, value: { id: 'I1', seen: 1 } });
    expect(await bench.incident('I2')).toBeUndefined();
  });

  it('and says why it is still unread', async () => {
    const messageId = await unread();
    expect(await replay(messageId)).toMatchObject({
      refusal: { kind: 'still-unparsed', name: 'M1', why: 'no model of the configuration has the endpoint churn' },
    });
    expect(await bench.trail('_house')).toEqual(['message.replayed refused']);
  });

  it('or that it means no incident', async () => {
    await bench.takeState('OK', '2026-11-24T02:41:09.300+0000');
    await bench.acts.readInbox();
    const messageId = '22b80b92-fdea-4c2c-8f9d-000000000001';
    expect(await replay(messageId)).toMatchObject({
      refusal: { kind: 'no-incident', because: 'OK, nothing was open' },
    });
  });

  it('unless it is not there', async () => {
    expect(await replay('nothing')).toEqual({ ok: false, refusal: { kind: 'unknown-message', id: 'nothing' } });
  });
});

/** The acts after `churn` was added to the configuration. */
function afterChurnWasAdded() {
  const churn = { ...model, name: 'churn', endpoint: 'churn', channel: 'C0CHURN' };
  return bench.actsOn(bench.replica(), {
    topics: [topic],
    certificateHosts: [],
    models: [churn],
    houseChannel: 'C0AUDIT',
  });
}
