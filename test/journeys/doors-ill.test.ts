import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/local/aws/faults.ts';
import type { SeenMessage } from '../../src/local/slack/people/look.ts';
import { type Journey, openJourney } from '../kit/journey.ts';
import { asked, model, stands } from './doors-kit.ts';

const always = Number.POSITIVE_INFINITY;

/** One card waits for approval. Four people knock at once, at doors that all have to ask AWS something. */
describe('every door answers within three seconds, and the person is told what is true', { timeout: 60_000 }, () => {
  let day: Journey;
  let card: SeenMessage;
  beforeAll(async () => {
    day = await openJourney();
    card = await asked(day, `/model deploy ${model} 1`);
  }, 60_000);
  afterAll(() => day?.close());

  const doors = [
    { who: 'vic', door: '/model status' },
    { who: 'mira', door: '/model versions' },
    { who: 'ana', door: '/model deploy' },
    { who: 'bo', door: 'change.approve' },
  ] as const;

  async function knockEverywhere(): Promise<void> {
    const { slack } = day.world;
    const seen = await Promise.all([
      slack.as('U0VIC').command('C0PROMO', `/model status ${model}`),
      slack.as('U0MIRA').command('C0PROMO', `/model versions ${model}`),
      slack.as('U0ANA').command('C0PROMO', `/model deploy ${model} 2`),
      slack.as('U0BO').click({ ...card, version: 1 }, 'Approve'),
    ]);
    for (const { ms, failure, status } of seen) {
      expect(ms).toBeLessThan(3_000);
      expect({ failure, status }).toEqual({ failure: undefined, status: 200 });
    }
  }

  const ill = (kind: FaultKind, ms = 0) =>
    day.world.aws.faults.add({ operation: 'sagemaker:*', kind, times: always, ms });

  describe('when Slack is ill', () => {
    it('and cannot say who it is, nobody is let in, and that is written down', async () => {
      day.world.slack.faults.add({ method: 'users.info', kind: 'error-500', times: 2 });
      const said = day.reads(await day.say(`/model status ${model}`, 'mira'));
      expect(said).toMatch(
        /Not done: \/model status.\nSlack does not say who you are now: .*users.info.*\nNext {2}press again in a minute/,
      );
      expect((await day.entries()).at(-1)?.sentence).toBe(
        'U0MIRA was refused at /model status: Slack did not say who it was.',
      );
      expect(day.reads(await day.say(`/model status ${model}`, 'mira'))).toMatch(/nothing serves/);
    });

    it('and takes no private answer, the next one comes all the same', async () => {
      day.world.slack.faults.add({ method: 'response_url', kind: 'error-500', times: 1 });
      const before = day.world.slack.ephemerals('U0VIC').length;
      const seen = await day.world.slack.as('U0VIC').command('C0PROMO', `/model status ${model}`);
      await day.settle();
      expect(seen).toMatchObject({ status: 200 });
      expect(day.world.slack.ephemerals('U0VIC')).toHaveLength(before);
      expect(day.reads(await day.say(`/model status ${model}`, 'vic'))).toMatch(/nothing serves/);
    });

    it('and opens no form, the person is told and presses again', async () => {
      day.world.slack.faults.add({ method: 'views.open', kind: 'error-500', times: 1 });
      await day.click(card, 'Reject…', 'bo');
      expect(day.whisperTo('bo')).toMatch(/Not done: change.reject.\nSlack did not open the form/);
      await day.click(card, 'Reject…', 'bo');
      const form = day.world.slack.openViews('U0BO').at(-1);
      expect(form?.callbackId).toBe('change.reject');
      if (form) await day.world.slack.as('U0BO').closeView(form);
    });
  });

  describe('when AWS is ill', () => {
    it.each([
      ['error-500', /InternalFailure/],
      ['throttle', /Rate exceeded/],
    ] as const)('with %s: nothing was done, why, and that pressing again is safe', async (kind, why) => {
      ill(kind);
      await knockEverywhere();
      await day.settle();
      day.world.aws.faults.clear();
      for (const { who, door } of doors) {
        const said = day.whisperTo(who);
        expect(said).toMatch(why);
        expect(said).toContain(`Not done: ${door}.`);
        expect(said).toMatch(
          /\nNext {2}try again in a moment; it is safe to repeat\nrequest R\w+ · only you see this$/,
        );
      }
      expect(day.buttons(day.now(card))).toEqual(['Approve', 'Reject…', '⋯']);
    });

    it('with answers that take longer than Slack waits: each comes, late and right', async () => {
      ill('slow', 3_500);
      await knockEverywhere();
      day.world.aws.faults.clear();
      await day.settle();
      expect(day.whisperTo('vic')).toMatch(/nothing serves/);
      expect(day.whisperTo('mira')).toMatch(/2.versions/);
      expect(day.whisperTo('ana')).toMatch(/Plan · deploy employee-promotion 2/);
      expect(stands(day, card)).toMatch(/^⏳ Rolling out/);
    });

    it('with silence, until it is gone altogether: each is told, and nobody is told twice', async () => {
      ill('hang');
      const before = doors.map(({ who }) => day.world.slack.ephemerals(`U0${who.toUpperCase()}`).length);
      await knockEverywhere();
      await day.world.aws.close();
      await day.settle();
      expect(day.whisperTo('vic')).toMatch(
        /Not done: \/model status.\nsagemaker:\w+: .*\nNext {2}try again in a moment/,
      );
      expect(day.whisperTo('mira')).toMatch(/Not done: \/model versions.\nsagemaker:/);
      expect(day.whisperTo('ana')).toMatch(/busy.\nC1 of Ana holds it/);
      expect(day.whisperTo('bo')).toMatch(/Too late: C1 is approved and running/);
      const after = doors.map(({ who }) => day.world.slack.ephemerals(`U0${who.toUpperCase()}`).length);
      expect(after).toEqual(before.map((count) => count + 1));
    });
  });

  it('no person ever saw a door fail', () => {
    expect(day.world.slack.failures()).toEqual([]);
  });
});
