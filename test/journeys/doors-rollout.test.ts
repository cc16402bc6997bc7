import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../src/local/slack/people/look.ts';
import { type Journey, openJourney } from '../kit/journey.ts';
import { asked, leap, model, stands } from './doors-kit.ts';

const promote = `/model promote ${model} 2`;

/** Version 1 serves and is asked by employees; version 2 tries three times to take its place, and each time something is wrong. */
describe('a rollout that does not end well', { timeout: 60_000 }, () => {
  let day: Journey;
  let first: string;
  beforeAll(async () => {
    day = await openJourney();
    day.world.aws.setWeather({ endpoint: model, latencyMs: { median: 18, spread: 0.3 } });
    const card = await asked(day, `/model deploy ${model} 1`);
    await day.click(card, 'Approve', 'bo');
    await leap(day, '5m');
    first = lastConfig();
    day.world.traffic.start();
  }, 60_000);
  afterAll(() => day?.close());

  /** The endpoint config that was made last. */
  function lastConfig(): string {
    const made = day.world.aws.calls().filter((call) => call.operation === 'sagemaker:CreateEndpointConfig');
    return /"EndpointConfigName":"([^"]+)"/.exec(JSON.stringify(made.at(-1)?.input))?.[1] ?? '';
  }

  const fleets = () => day.world.aws.sagemaker.serving(model)?.map(({ fleet, share }) => [fleet.configName, share]);
  const started = async (): Promise<SeenMessage> => {
    const card = await asked(day, promote);
    await day.click(card, 'Approve', 'bo');
    return card;
  };

  describe('while one change holds the endpoint', () => {
    let card: SeenMessage;
    let other: SeenMessage;
    beforeAll(async () => {
      card = await asked(day, promote);
      other = await asked(day, `/model deploy ${model} 2`, 'bo').then(() => day.card(/Approval needed · deploy/));
      await day.click(card, 'Approve', 'bo');
    });

    it('no other is planned; the answer names who holds it', async () => {
      const said = await day.say(`/model deploy ${model} 2`, 'bo');
      expect(day.reads(said)).toMatch(/employee-promotion is busy\.\nC2 of Ana holds it since/);
      expect(day.buttons(said)).toEqual([]);
    });

    it('one that was planned before is not started, and waits on', async () => {
      await day.click(other, 'Approve', 'ana');
      expect(day.whisperTo('ana')).toMatch(/Not started: .* busy.\nC2 of Ana holds it/);
      expect(day.buttons(day.now(other))).toEqual(['Approve', 'Reject…', '⋯']);
      await day.click(other, 'Withdraw (Bo)', 'bo');
    });

    it('half of the traffic meets version 2, and whoever is on call may abort; a viewer may not', async () => {
      await leap(day, '6m');
      expect(stands(day, card)).toMatch(/^⏳ Rolling out 50.% ·/);
      expect(fleets()).toEqual([
        [first, 0.5],
        [lastConfig(), 0.5],
      ]);
      await day.click(card, 'Abort', 'vic');
      expect(day.whisperTo('vic')).toMatch(/needs the role operator/);
      await day.click(card, 'Abort', 'mira');
      expect(stands(day, card)).toMatch(/^⏳ Aborting ·[\s\S]*\nAbort {2}pressed by Mira/);
      expect(day.buttons(day.now(card))).toEqual([]);
    });

    it('a second abort changes nothing', async () => {
      await day.click({ ...card, version: day.now(card).versionCount - 1 }, 'Abort', 'ana');
      expect(day.whisperTo('ana')).toMatch(/Not aborted/);
    });

    it('all traffic goes back to version 1, and the card says why', async () => {
      await leap(day, '1m');
      await leap(day, '1m');
      expect(stands(day, card)).toMatch(/^↩️ Rolled back · employee-promotion stays on 1\nWhy {2}Abort was pressed/);
      expect(day.buttons(day.now(card))).toEqual([]);
      expect(fleets()).toEqual([[first, 1]]);
      expect(day.reads(await day.say(`/model status ${model}`, 'vic'))).toMatch(/version.1/);
    });
  });

  it('version 2 fails requests: SageMaker goes back by itself, and the card names the alarm that fired', async () => {
    const card = await started();
    day.world.aws.setWeather({ endpoint: model, configName: lastConfig(), errorShare: 0.5 });
    for (const span of ['4m', '2m', '1m']) await leap(day, span);
    expect(stands(day, card)).toMatch(/^↩️ Rolled back · employee-promotion stays on 1/);
    expect(stands(day, card)).toContain(
      `Why  alarm ${model}-${lastConfig().slice(-12)}-errors fired\n> Threshold Crossed`,
    );
    expect(stands(day, card)).toContain(`Asked  ${lastConfig()}\nRuns  ${first}`);
    expect(day.buttons(day.now(card))).toEqual([]);
    expect(fleets()).toEqual([[first, 1]]);
  });

  it('version 2 cannot be loaded: SageMaker goes back in silence, which is no success', async () => {
    const place = { bucket: 'acme-models', key: `${model}/2/model.json` };
    const before = day.world.aws.objects.find(place.bucket, place.key)?.body ?? Buffer.of();
    const card = await started();
    day.world.aws.objects.put({ ...place, body: Buffer.from('{}') });
    await leap(day, '4m');
    day.world.aws.objects.put({ ...place, body: before });
    expect(stands(day, card)).toMatch(
      /^↩️ Rolled back in silence · employee-promotion stays on 1\nWhy {2}no alarm of the plan fired\n> .*ping health check/,
    );
    expect(day.buttons(day.now(card))).toEqual([]);
  });

  it('the trail has each end with its reason, and each try was sent once', async () => {
    const ends = (await day.entries()).filter((entry) => entry.act === 'change.rolled-back');
    expect(ends.map((entry) => [entry.outcome, entry.facts.after])).toEqual([
      ['failed', first],
      ['failed', first],
      ['failed', first],
    ]);
    expect((await day.audit()).filter((act) => act === 'aws.update-endpoint')).toHaveLength(3);
    expect((await day.audit()).filter((act) => act.startsWith('change.abort'))).toEqual([
      'change.aborted',
      'change.abort-refused (refused)',
    ]);
    expect(day.world.slack.failures()).toEqual([]);
  });
});
