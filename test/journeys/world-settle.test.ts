import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { subscribe } from '../../src/local/furnish.ts';
import { serve } from '../contracts/local-slack-kit.ts';
import { type Journey, openJourney } from '../kit/journey.ts';

const model = 'employee-promotion';

/** Whoever waits for a quiet world is told what keeps it from being quiet. */
describe('settling', { timeout: 60_000 }, () => {
  let day: Journey;
  let deadPort: number;
  beforeAll(async () => {
    day = await openJourney();
  }, 60_000);
  afterAll(async () => {
    vi.restoreAllMocks();
    await day?.close();
  });

  it('fails with the list of what is stuck: a delivery that nobody takes, a card that Slack does not', async () => {
    const plan = await day.say(`/model deploy ${model} 1`, 'ana');
    const nobody = await serve(createServer());
    await nobody.close();
    deadPort = Number(new URL(nobody.url).port);
    await subscribe(day.world.team.sns, day.world.addresses.topic, `${nobody.url}/sns`);
    day.world.slack.kick('C0PROMO', 'U0BOT');
    await day.world.slack.as('U0ANA').click(plan, 'Ask for approval');
    await expect(settleUntilLate(day)).rejects.toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          new RegExp(`^Stuck:\\n(?=[\\s\\S]*${nobody.url}/sns)(?=[\\s\\S]*card change:C1 wants drawing)`),
        ),
      }),
    );
  });

  it('and succeeds once somebody takes the delivery and the bot is back in its channel', async () => {
    let taken = 0;
    const somebody = createServer((request, response) => {
      taken += 1;
      request.resume();
      response.end();
    });
    await new Promise<void>((resolve) => somebody.listen(deadPort, '127.0.0.1', resolve));
    day.world.slack.invite('C0PROMO', 'U0BOT');
    await day.settle();
    expect(day.cards(/Approval needed/)).toHaveLength(1);
    expect(taken).toBe(1);
    await new Promise((resolve) => somebody.close(resolve));
  });
});

/** The patience of `settle` is used up as soon as it has looked a few times. */
async function settleUntilLate(day: Journey): Promise<void> {
  const began = performance.now();
  let looks = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    looks += 1;
    return looks > 20 ? began + 3_600_000 : began;
  });
  try {
    await day.settle();
  } finally {
    clock.mockRestore();
  }
}
