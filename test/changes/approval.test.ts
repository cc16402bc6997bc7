import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/changes/change.ts';
import { type ChangeBench, openChangeBench } from './change-bench.ts';
import { ana, bo, cy, minuteMs, policy } from './facts-kit.ts';

let bench: ChangeBench;
let change: Change;
beforeEach(async () => {
  bench = await openChangeBench();
  await bench.register();
  change = await bench.planned('deploy');
});
afterEach(() => bench.close());

const ask = (by = ana) => bench.bot.askForApproval(bench.press(change, by));
const approve = (by = bo) => bench.bot.approve(bench.press(change, by));
const kind = async () => (await bench.state(change.id))?.kind;
const lines = async () =>
  (await bench.trail()).map(({ act, outcome, by }) => `${by.kind === 'person' ? by.name : 'bot'}: ${act} ${outcome}`);

describe('a request for approval', () => {
  it('is made by whoever planned it', async () => {
    expect(await ask(bo)).toMatchObject({ refusal: { kind: 'not-the-planner', planner: 'Ana' } });
    expect(await ask()).toMatchObject({ ok: true, value: { state: { kind: 'awaiting-approval' } } });
    expect(await ask()).toMatchObject({ refusal: { kind: 'already-decided' } });
  });

  it('writes every refusal down beside every act', async () => {
    await ask();
    await approve(ana);
    await approve({ user: 'U0DEE', name: 'Dee' });
    await approve();
    expect((await lines()).slice(0, 6)).toEqual([
      'Ana: change.planned done',
      'Ana: change.asked done',
      'Ana: change.approval-refused refused',
      'Dee: change.approval-refused refused',
      'Bo: change.approved done',
      'Bo: change.started done',
    ]);
  });

  it('asks nobody who has left the group, and takes nobody who joined it since', async () => {
    await ask();
    bench.groups.S0APPROVERS = [cy.user, 'U0DEE'];
    expect(await approve(bo)).toMatchObject({ refusal: { kind: 'not-an-approver' } });
    expect(await approve({ user: 'U0DEE', name: 'Dee' })).toMatchObject({ refusal: { kind: 'joined-later' } });
    expect((await approve(cy)).ok).toBe(true);
  });

  it('needs all people of all groups before anything starts', async () => {
    bench.settings.policy = policy({ approval: { all: [{ group: 'S0APPROVERS', count: 2 }], expiresMs: minuteMs } });
    change = await bench.planned('deploy');
    await ask();
    expect(await approve(bo)).toMatchObject({ value: { state: { kind: 'awaiting-approval', votes: [{ by: bo }] } } });
    expect(await approve(bo)).toMatchObject({ refusal: { kind: 'already-voted' } });
    expect(await approve(cy)).toMatchObject({ value: { state: { kind: 'running' } } });
  });

  it('is rejected with a reason by one, withdrawn by whoever asked, discarded while it is only a plan', async () => {
    expect(await bench.bot.discard(bench.press(change, bo))).toMatchObject({ value: { state: { kind: 'withdrawn' } } });
    change = await bench.planned('deploy');
    await ask();
    expect(await bench.bot.withdraw(bench.press(change, bo))).toMatchObject({ refusal: { kind: 'not-the-planner' } });
    expect(await bench.bot.withdraw(bench.press(change))).toMatchObject({ value: { state: { kind: 'withdrawn' } } });
    change = await bench.planned('deploy');
    await ask();
    const rejected = await bench.bot.reject({ ...bench.press(change, bo), reason: 'after the audit' });
    expect(rejected).toMatchObject({ value: { state: { kind: 'rejected', reason: 'after the audit' } } });
    expect(await approve(cy)).toMatchObject({ refusal: { kind: 'already-decided', state: 'rejected', by: 'Bo' } });
  });

  it('expires: a plan after half an hour, a request when the policy says', async () => {
    await bench.clock.advance(30 * minuteMs);
    expect((await bench.bot.expirePlans()).map(({ id }) => id)).toEqual([change.id]);
    expect(await ask()).toMatchObject({ refusal: { kind: 'expired' } });
    change = await bench.planned('deploy');
    await ask();
    await bench.clock.advance(8 * 60 * minuteMs);
    expect(await approve()).toMatchObject({ refusal: { kind: 'expired' } });
    await bench.bot.expirePlans();
    expect(await kind()).toBe('expired');
  });
});

describe('two people press at the same moment, on two replicas', () => {
  it('it starts once, and the second one is told', async () => {
    await ask();
    const other = bench.replica('bot-2');
    const [first, second] = await Promise.all([approve(bo), other.approve(bench.press(change, cy))]);
    expect([first.ok, second.ok].filter(Boolean)).toHaveLength(1);
    const refused = first.ok ? second : first;
    expect(refused).toMatchObject({ refusal: { kind: 'already-decided', state: 'running' } });
    expect((await lines()).filter((line) => line.includes('change.started'))).toHaveLength(1);
  });

  it('two changes of one endpoint: the second one waits, and learns who holds it', async () => {
    const later = await bench.planned('deploy');
    await ask();
    await bench.bot.askForApproval(bench.press(later));
    await approve();
    expect(await bench.bot.approve(bench.press(later, bo))).toMatchObject({
      refusal: { kind: 'endpoint-busy', holder: change.id },
    });
    expect(await bench.plan('deploy')).toMatchObject({
      refusal: { kind: 'endpoint-busy', holder: change.id, by: 'Ana' },
    });
  });
});

describe('what runs is what was approved', () => {
  const voided = async () => {
    const click = await approve();
    expect(bench.sent('CreateModel')).toHaveLength(0);
    return click;
  };
  beforeEach(async () => {
    await ask();
  });

  it('a changed configuration voids it', async () => {
    bench.settings.policy = policy({ configFingerprint: 'f2' });
    expect(await voided()).toMatchObject({ refusal: { kind: 'plan-changed', what: 'the configuration' } });
    expect(await kind()).toBe('voided');
  });

  it('a replaced artefact voids it', async () => {
    bench.aws.objects.put({ bucket: 'models', key: '1.json', body: Buffer.from('another') });
    expect(await voided()).toMatchObject({ refusal: { kind: 'plan-changed', what: 'what is inside the version' } });
  });

  it('a replaced report voids it, even a better one', async () => {
    const better = (await bench.report(1)).replace('0.86', '0.9');
    bench.aws.objects.put({ bucket: 'models', key: '1-report.json', body: Buffer.from(better) });
    expect(await voided()).toMatchObject({ refusal: { kind: 'plan-changed', what: 'the evidence' } });
  });

  it('a report that is gone voids it', async () => {
    bench.aws.objects.remove('models', '1-report.json');
    expect(await voided()).toMatchObject({ refusal: { kind: 'plan-changed' } });
    expect((await lines()).slice(-2)).toEqual(['Bo: change.voided refused', 'Bo: change.approval-refused refused']);
  });

  it('a check that fails now keeps the request open for a later yes', async () => {
    const artefact = bench.aws.objects.find('models', '1.json');
    bench.aws.objects.remove('models', '1.json');
    expect(await voided()).toMatchObject({ refusal: { kind: 'preflight' } });
    expect(await kind()).toBe('awaiting-approval');
    bench.aws.objects.put({ bucket: 'models', key: '1.json', body: Buffer.from(artefact?.body ?? []) });
    expect((await approve()).ok).toBe(true);
  });
});
