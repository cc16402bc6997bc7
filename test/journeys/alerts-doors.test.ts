import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isoInstant, plus, wallNow } from '../../src/kernel/time.ts';
import { type Journey, openJourney } from '../kit/journey.ts';
import { openSigner } from '../kit/sns.ts';
import { specimen } from '../kit/specimens.ts';
import { stands } from './doors-kit.ts';

/** Two replicas and one topic. Whatever happens to a message on its way, people see one card or a reason why not. */
describe('messages at the door', { timeout: 60_000 }, () => {
  let day: Journey;
  let signer: Awaited<ReturnType<typeof openSigner>>;
  beforeAll(async () => {
    [day, signer] = await Promise.all([openJourney({ replicas: 2 }), openSigner()]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([day?.close(), signer?.close()]);
  });

  async function publish(text: string, subject?: string): Promise<void> {
    const command = { TopicArn: day.world.addresses.topic, Message: text, ...(subject ? { Subject: subject } : {}) };
    await day.world.team.sns.send(new PublishCommand(command));
  }

  /** What CloudWatch writes about an alarm of this name. */
  function alarm(name: string, state: 'ALARM' | 'OK' = 'ALARM'): string {
    return JSON.stringify({
      ...z.record(z.string(), z.json()).parse(JSON.parse(specimen('cloudwatch-alarm.p95-latency').text)),
      AlarmName: name,
      AlarmArn: `arn:aws:cloudwatch:us-east-1:111122223333:alarm:${name}`,
      NewStateValue: state,
      StateChangeTime: isoInstant(day.world.clock.now()).replace('Z', '+0000'),
    });
  }

  const shown = () => day.world.slack.messages('C0PROMO').length;
  const cardsOf = (name: string) => day.cards(new RegExp(`\\b${name}\\b`));
  const post = async (body: string) => (await fetch(`${day.bots[0]?.url}/sns`, { method: 'POST', body })).status;

  describe('a message that is no alarm', () => {
    const bait = 'Disk of <!channel> is *full*: <https://evil.example/x|here> https://evil.example @here <@U0BO>';

    it('is shown as it came, and nothing in it is followed', async () => {
      await publish(bait, 'Disk is full');
      await day.settle();
      const card = day.card(/Unparsed/);
      expect(day.reads(card)).toMatch(
        /^❓ Unparsed · message from ml-guardrails\nWhy {2}neither JSON nor a known text form/,
      );
      expect(day.reads(card)).toContain(`\n    ${bait}\n`);
      expect(JSON.stringify(card.blocks)).not.toMatch(/"type":"(link|broadcast|user|usergroup|mrkdwn)"/);
      expect(card.text).not.toMatch(/<!|<@|<http/);
      expect(day.buttons(card)).toEqual(['Read it again']);
    });

    it('can be read again by whoever is on call; it stays what it is', async () => {
      const card = day.card(/Unparsed/);
      await day.click(card, 'Read it again', 'vic');
      expect(day.whisperTo('vic')).toMatch(/needs the role operator/);
      await day.click(card, 'Read it again', 'mira');
      expect(day.whisperTo('mira')).toMatch(/Still unparsed: M\d+/);
      expect(day.cards(/Unparsed/)).toHaveLength(1);
      expect(day.buttons(day.now(card))).toEqual(['Read it again']);
    });
  });

  describe('a message that somebody else made', () => {
    const foreignTopic = 'arn:aws:sns:us-east-1:999999999999:evil';

    it('is answered with 403, whatever it claims; nothing is posted and nothing confirmed', async () => {
      const genuine = await trueEnvelope();
      const here = { certificateUrl: genuine.SigningCertURL };
      const before = { cards: shown(), calls: confirmations() };
      const old = { sentAt: plus(wallNow(), -76 * 60_000), ...here };
      const asked = {
        Type: 'SubscriptionConfirmation' as const,
        Token: 'abc',
        SubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription',
      };
      expect(await post(signer.message(alarm('forged'), here))).toBe(403);
      expect(await post(signer.message(alarm('forged')))).toBe(403);
      expect(await post(signer.message(alarm('forged'), { TopicArn: foreignTopic, ...here }))).toBe(403);
      expect(await post(signer.message(alarm('forged'), old))).toBe(403);
      expect(await post(signer.message('Confirm.', { ...asked, ...here }))).toBe(403);
      expect(await post(signer.message('Confirm.', { ...asked, TopicArn: foreignTopic }))).toBe(403);
      expect(await post(JSON.stringify({ ...genuine, Message: alarm('tampered') }))).toBe(403);
      expect(await post('{"hello": 1}')).toBe(400);
      await day.settle();
      expect({ cards: shown(), calls: confirmations() }).toEqual(before);
    });

    it('is in the trail of the house once a minute for each reason, with what it claimed', async () => {
      const refused = (await day.entries('_house')).filter((entry) => entry.act === 'message.refused');
      expect(refused.map((entry) => entry.facts.refusal)).toEqual([
        'forged',
        'foreign-certificate',
        'foreign-topic',
        'too-old',
        'not-an-envelope',
      ]);
      expect(refused[2]?.sentence).toBe(
        `A message was not taken: its topic ${foreignTopic} is not in the configuration.`,
      );
    });
  });

  describe('exactly one card comes', () => {
    it('when the message is delivered three times', async () => {
      day.world.signals.mischief.order({ kind: 'duplicate', times: 2 });
      await publish(alarm('employee-promotion-twice'));
      await day.settle();
      const [card, ...others] = cardsOf('employee-promotion-twice');
      if (!card) throw new Error('no card came');
      expect(others).toEqual([]);
      expect(day.reads(card)).toMatch(
        /^🔴 Firing, high · p95 latency 812.ms · employee-promotion\n.*reported, not confirmed/,
      );
      expect(day.buttons(card)).toEqual(['Acknowledge', '⋯']);
      expect((await day.audit()).filter((act) => act === 'incident.opened')).toHaveLength(1);
    });

    it('when Slack’s answer to the first post is lost', async () => {
      day.world.slack.faults.add({ method: 'chat.postMessage', kind: 'answer-lost', times: 1 });
      await publish(alarm('employee-promotion-lost'));
      await day.settle();
      expect(cardsOf('employee-promotion-lost')).toHaveLength(1);
    });

    it('when Slack asks to wait, twice in a row', async () => {
      day.world.slack.faults.add({ method: 'chat.postMessage', kind: 'rate-limited', times: 2, ms: 100 });
      await publish(alarm('employee-promotion-limited'));
      await day.settle();
      expect(cardsOf('employee-promotion-limited')).toHaveLength(1);
    });

    it('none at all for an OK of an alarm that never fired', async () => {
      const before = shown();
      await publish(alarm('employee-promotion-never', 'OK'));
      await day.settle();
      expect(shown()).toBe(before);
      expect(day.cards(/employee-promotion-never/)).toEqual([]);
    });
  });

  describe('twenty times two people press Acknowledge at the same instant, on two replicas', () => {
    const names = Array.from({ length: 20 }, (_, place) => `employee-promotion-race${place}x`);

    it('one of them has it, the other is told who', async () => {
      for (const name of names) await publish(alarm(name));
      await day.settle();
      const { slack } = day.world;
      const told = () => slack.ephemerals('U0MIRA').length + slack.ephemerals('U0BO').length;
      const before = told();
      for (const name of names) {
        const card = day.card(new RegExp(name));
        const seen = await Promise.all(['U0MIRA', 'U0BO'].map((user) => slack.as(user).click(card, 'Acknowledge')));
        expect(seen.every(({ ms, failure }) => ms < 3_000 && failure === undefined)).toBe(true);
      }
      await day.settle();
      expect(told() - before).toBe(names.length);
      const presses = (await day.entries()).filter((entry) => entry.act.startsWith('incident.acknowledge'));
      const done = presses.filter((entry) => entry.outcome === 'done');
      expect(done).toHaveLength(names.length);
      expect(new Set(done.map((entry) => entry.subject?.id)).size).toBe(names.length);
      expect(presses.filter((entry) => entry.outcome === 'refused')).toHaveLength(names.length);
    });

    it('every card names the one who has it, and nobody else can take it', async () => {
      const done = (await day.entries()).filter(
        (entry) => entry.act === 'incident.acknowledged' && entry.outcome === 'done',
      );
      for (const { subject, by } of done) {
        const card = day.card(new RegExp(`\\b${subject?.id} · employee-promotion-race`));
        const [has, lost] = by.kind === 'person' && by.name === 'Bo' ? ['Bo', 'Mira'] : ['Mira', 'Bo'];
        expect(stands(day, card)).toMatch(new RegExp(`Acknowledged, high[\\s\\S]*\\b${has}\\b`));
        expect(stands(day, card)).not.toContain(lost);
        expect(day.buttons(card)).not.toContain('Acknowledge');
      }
      expect(day.world.slack.failures()).toEqual([]);
    });
  });

  const confirmations = (): number =>
    day.world.aws.calls().filter((call) => call.operation === 'sns:ConfirmSubscription').length;

  /** What SNS itself posts to a new subscriber of the topic, caught by a listener of the test's own. */
  async function trueEnvelope() {
    const caught = await new Promise<string>((resolve, reject) => {
      const server: Server = createServer(async (request, response) => {
        const pieces: Buffer[] = [];
        for await (const piece of request) pieces.push(piece);
        response.end();
        server.close();
        resolve(Buffer.concat(pieces).toString());
      }).listen(0, '127.0.0.1', () => {
        const Endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
        const asked = { TopicArn: day.world.addresses.topic, Protocol: 'http', Endpoint };
        day.world.team.sns.send(new SubscribeCommand(asked)).catch(reject);
      });
    });
    return z.object({ SigningCertURL: z.string(), Message: z.string() }).loose().parse(JSON.parse(caught));
  }
});
