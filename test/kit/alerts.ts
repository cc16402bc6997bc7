import type { SourceAnswer } from '../../src/alerts/alert.ts';
import { Inbox, type InboxMessage } from '../../src/alerts/inbox.ts';
import { makeCheckSignature } from '../../src/aws/sns/check-signature.ts';
import { type AlertDeps, makeAlertActs } from '../../src/incidents/acts/alert-acts.ts';
import type { AlertModel } from '../../src/incidents/alert-policy.ts';
import { Incidents } from '../../src/incidents/incident.ts';
import { type EpochMs, instant, parseInstant } from '../../src/kernel/time.ts';
import { Notes } from '../../src/outbox/card.ts';
import type { Store } from '../../src/store/open-store.ts';
import { openTestStore } from './dynamodb.ts';
import { openSigner, topic } from './sns.ts';
import { specimen } from './specimens.ts';

export const ana = { user: 'U0ANA', name: 'Ana' };
export const mira = { user: 'U0MIRA', name: 'Mira' };

export const model: AlertModel = {
  name: 'employee-promotion',
  endpoint: 'employee-promotion',
  channel: 'C0PROMO',
  account: '111122223333',
  region: 'us-east-1',
  severity: { critical: { mention: 'S0ONCALL' }, high: { mention: 'S0ONCALL' }, low: {} },
  runbook: 'https://runbooks.example.com/latency',
};

export const houseChannel = 'C0AUDIT';
const alarmArn = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:employee-promotion-latency-p95';

export function at(text: string): EpochMs {
  const found = parseInstant(text);
  if (found === undefined) throw new Error(`${text} is no instant`);
  return found;
}

/** The acts on a real store, with a signing SNS; CloudWatch's answers are what a test says they are. */
export async function openAlertBench(more: Partial<AlertDeps> = {}) {
  const [kept, signer] = await Promise.all([openTestStore(), openSigner()]);
  const time = { wall: kept.clock.at, domain: at('2026-11-24T02:12:20Z') };
  const answers = new Map<string, SourceAnswer>();
  const troubles: string[] = [];
  const confirmed: string[] = [];
  let asked = 0;
  const usual = { topics: [topic], certificateHosts: [signer.origin], models: [model], houseChannel };
  const actsOn = (store: Store, policy: AlertDeps['policy'] = more.policy ?? usual) =>
    makeAlertActs({
      ...store,
      clocks: { wall: () => time.wall, domain: () => time.domain },
      checkSignature: makeCheckSignature(),
      confirmSubscription: async ({ topicArn, token }) => void confirmed.push(`${topicArn} ${token}`),
      onTaken: () => {},
      onTrouble: (name) => troubles.push(name),
      describeAlarm: async (arn) => {
        asked += 1;
        return answers.get(arn) ?? 'no-answer';
      },
      servingOf: async () => ({ version: 7, instances: 3, instanceType: 'ml.m5.large' }),
      lastChangeOf: async () => ({ id: 'C212', from: 6, to: 7, by: 'Ana', at: 1_795_424_940_000 }),
      ...more,
      policy,
    });
  const acts = actsOn(kept.store);

  /** An alarm message in the inbox; members of the alarm as given. */
  async function take(change: object = {}, name = 'cloudwatch-alarm.p95-latency') {
    const text = JSON.stringify({ ...JSON.parse(specimen(name).text), ...change });
    const body = signer.message(text, { sentAt: time.wall });
    return await acts.takeMessage({ door: 'https', body, bytes: body.length });
  }

  const state = (text: string, when: string, value: number) => ({
    NewStateValue: text,
    StateChangeTime: when,
    NewStateReason: `Threshold Crossed: 1 datapoint [${value * 1_000}.0 (24/11/26 02:11:00)] was x the threshold (500000.0).`,
  });

  return {
    ...kept,
    acts,
    actsOn,
    signer,
    time,
    troubles,
    confirmed,
    asked: () => asked,
    take,
    /** The p95 alarm in a state since a time, taken and read ten seconds later. */
    hear: async (says: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA', when: string, value = 812) => {
      time.domain = instant(Math.max(time.domain, at(when) + 10_000));
      await take(state(says, when, value));
      return await acts.readInbox();
    },
    takeState: (says: string, when: string, value = 812) => take(state(says, when, value)),
    /** What CloudWatch answers about the p95 alarm from now on. */
    source: (answer: SourceAnswer) => answers.set(alarmArn, answer),
    incident: async (id = 'I1') => (await kept.store.find(Incidents, id))?.value,
    messages: async (): Promise<readonly InboxMessage[]> =>
      (await kept.store.listGroup(Inbox, 'unparsed', 20)).map(({ value }) => value),
    message: async (id: string) => (await kept.store.find(Inbox, id))?.value,
    notes: async () =>
      (await kept.store.listOpen(Notes)).map(({ value }) => value).sort((a, b) => (a.id < b.id ? -1 : 1)),
    trail: async (chain: string) =>
      (await kept.store.audit.entries(chain, { limit: 100 })).map(({ act, outcome }) => `${act} ${outcome}`),
    entries: (chain: string) => kept.store.audit.entries(chain, { limit: 100 }),
    wanted: async (id: string) => await kept.store.cards.find(id),
    close: async () => {
      await Promise.all([kept.close(), signer.close()]);
    },
  };
}

export type AlertBench = Awaited<ReturnType<typeof openAlertBench>>;

export const later = (ms: EpochMs, minutes: number): EpochMs => instant(ms + minutes * 60_000);
