import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from '../kit/journey.ts';

const model = 'employee-promotion';
const calm = { median: 18, spread: 0.3 };
const slow = { median: 420, spread: 0.2 };

/** One model lives through a day in the house. Each step stands on the one before it. */
describe('one model lives through a day', { timeout: 120_000 }, () => {
  let day: Journey;
  beforeAll(async () => {
    day = await openJourney({ replicas: 2 });
    day.world.aws.setWeather({ endpoint: model, latencyMs: calm });
  }, 60_000);
  afterAll(() => day?.close());

  it('two versions are registered and wait for approval', async () => {
    const list = await day.say(`/model versions ${model}`, 'vic');
    expect(day.reads(list)).toMatch(/2.*pending[\s\S]*1.*pending/);
  });

  it('Ana plans a deploy in private; nothing reaches AWS', async () => {
    const calls = day.world.aws.calls().length;
    const plan = await day.say(`/model deploy ${model} 1`, 'ana');
    expect(day.reads(plan)).toContain(`Plan · deploy ${model} 1`);
    expect(day.buttons(plan)).toEqual(['Ask for approval', 'Discard']);
    expect(mutating(day, calls)).toEqual([]);
    await day.click(plan, 'Ask for approval', 'ana');
    expect(day.buttons(day.card(/Approval needed/))).toEqual(['Approve', 'Reject…', '⋯']);
  });

  it('Ana cannot approve her own request, Bo can, and the endpoint serves', async () => {
    const card = day.card(/Approval needed/);
    await day.click(card, 'Approve', 'ana');
    expect(day.whisperTo('ana')).toMatch(/somebody else has to approve/);
    await day.click(card, 'Approve', 'bo');
    expect(day.reads(day.now(card))).toMatch(/Rolling out/);
    await day.pass('5m');
    expect(day.reads(day.now(card))).toMatch(/Live · employee-promotion 1/);
    expect(day.world.aws.sagemaker.serving(model)).toBeDefined();
  });

  it('new employees flow through InvokeEndpoint with inference ids', async () => {
    day.world.traffic.start();
    await day.pass('3m');
    expect(day.world.traffic.sent()).toBeGreaterThan(20);
    expect(day.world.traffic.failed()).toBe(0);
    const invoked = day.world.aws.calls().filter((call) => call.operation.includes('InvokeEndpoint'));
    expect(invoked.length).toBe(day.world.traffic.sent());
  });

  it('version 2 plays along in the shadows; the summary is posted once by two replicas', async () => {
    const plan = await day.say(`/model shadow start ${model} 2`, 'ana');
    expect(day.buttons(plan)).toEqual(['Start the test', 'Discard']);
    await day.click(plan, 'Start the test', 'ana');
    await day.pass('5m');
    expect(day.reads(day.card(/Shadow test started/))).toMatch(/2 beside.1/);
    await day.pass('15m');
    const summaries = day.cards(/p95 latency/);
    expect(summaries).toHaveLength(1);
    expect(day.reads(summaries[0] as never)).toMatch(/No verdict/);
  });

  it('production turns slow: one card, acknowledged by Mira, resolved by itself', async () => {
    day.world.aws.setWeather({ endpoint: model, variant: 'AllTraffic', latencyMs: slow });
    await day.pass('5m');
    const card = day.card(/Firing, high/);
    expect(day.buttons(card)).toEqual(['Acknowledge', '⋯']);
    expect(day.reads(card)).toMatch(/p95 latency \d+.ms/);
    await day.click(card, 'Acknowledge', 'mira');
    expect(day.reads(day.now(card))).toMatch(/Acknowledged, high/);
    await day.click({ ...card, version: 1 }, 'Acknowledge', 'bo');
    expect(day.whisperTo('bo')).toMatch(/Mira/);
    expect(day.world.slack.thread(card.channel, card.ts).length).toBeGreaterThan(1);
    day.world.aws.setWeather({ endpoint: model, variant: 'AllTraffic', latencyMs: calm });
    await day.pass('6m');
    expect(day.reads(day.now(card))).toMatch(/Resolved after \d+.min/);
    expect(day.reads(day.now(card))).toMatch(/Mira/);
    expect(day.cards(/Resolved after/)).toHaveLength(1);
  });

  it('version 2 is promoted under the quality gate by a canary of half the fleet', async () => {
    const plan = await day.say(`/model promote ${model}`, 'ana');
    expect(day.reads(plan)).toMatch(/AUC 0\.8\d\d, at least 0\.800/);
    await day.click(plan, 'Ask for approval', 'ana');
    const card = day.card(/Approval needed · promote/);
    await day.click(card, 'Approve', 'ana');
    expect(day.whisperTo('ana')).toMatch(/somebody else has to approve/);
    await day.click(card, 'Approve', 'bo');
    await day.pass('10m');
    expect(day.reads(day.now(card))).toMatch(/Rolling out 50.%/);
    expect(day.buttons(day.now(card))).toEqual(['Abort']);
    await day.pass('25m');
    expect(day.reads(day.now(card))).toMatch(/Live · employee-promotion 1.→.2/);
    expect(day.buttons(day.now(card))).toEqual(['Roll back…']);
  });

  it('a rollback brings version 1 back; nobody else has to agree', async () => {
    const plan = await day.say(`/model rollback ${model}`, 'ana');
    expect(day.buttons(plan)).toEqual(['Roll back', 'Discard']);
    await day.click(plan, 'Roll back', 'ana');
    await day.pass('6m');
    expect(day.reads(day.card(/Live · .*2.→.1/))).toMatch(/2.→.1/);
    const status = await day.say(`/model status ${model}`, 'vic');
    expect(day.reads(status)).toMatch(/version.1/);
  });

  it('the trail tells it all, the refusals too, and verifies', async () => {
    const acts = await day.audit();
    expect(acts.filter((act) => act === 'change.approval-refused (refused)')).toHaveLength(2);
    for (const act of [
      'change.planned',
      'change.asked',
      'change.approved',
      'change.succeeded',
      'incident.opened',
      'incident.acknowledged',
      'incident.resolved',
    ]) {
      expect(acts).toContain(act);
    }
    const page = await day.say(`/model audit ${model}`, 'vic');
    expect(day.reads(page)).toContain(`Audit · ${model}`);
    const check = await day.say(`/model audit ${model} verify`, 'vic');
    expect(day.reads(check)).toMatch(/Audit trail is whole/);
  });
});

/** Calls of the bot that change something in AWS, since the `from`th call. */
function mutating(day: Journey, from: number): readonly string[] {
  const reads = /:(Describe|List|Get|Head|BatchGet|InvokeEndpoint|Receive)/;
  return day.world.aws
    .calls()
    .slice(from)
    .filter((call) => call.caller !== 'TEAM' && !reads.test(call.operation))
    .map((call) => call.operation);
}
