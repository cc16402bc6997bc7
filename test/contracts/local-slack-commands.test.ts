import { afterEach, describe, expect, it } from 'vitest';
import { type BoltTown, next, openBoltTown } from './local-slack-kit.ts';

let town: BoltTown;
afterEach(() => town.close());

type Body = { readonly text: string; readonly command: string; readonly user_id: string };

describe('a slash command', () => {
  it('arrives signed, with people, groups and channels as ids, and its answer is private', async () => {
    const heard: Body[] = [];
    town = await openBoltTown((app) => {
      app.command('/model', async ({ command, ack }) => {
        heard.push(command);
        await ack(`Noted, <@${command.user_id}>`);
      });
    });
    const seen = await town.slack.as('U0ANA').command('C0PROMO', '/model hand @bo to @ml-eng in #ml-audit <now>');
    expect(heard[0]).toMatchObject({
      command: '/model',
      user_id: 'U0ANA',
      text: 'hand <@U0BO|bo> to <!subteam^S0MLENG|@ml-eng> in <#C0AUDIT|ml-audit> &lt;now&gt;',
    });
    expect(seen).toMatchObject({ status: 200, wasSent: true, sentence: 'Noted, @Ana' });
    expect(town.slack.ephemerals('U0ANA').map((message) => message.text)).toEqual(['Noted, <@U0ANA>']);
    expect(town.slack.messages('C0PROMO')).toEqual([]);
  });

  it('can be answered through its address five times in thirty minutes, the sixth is refused', async () => {
    const told: unknown[] = [];
    let respond: (answer: { text: string; replace_original?: boolean }) => Promise<unknown> = async () => {};
    town = await openBoltTown((app) => {
      app.command('/model', async (args) => {
        respond = args.respond;
        await args.ack();
      });
    });
    await town.slack.as('U0ANA').command('C0PROMO', '/model why');
    for (const text of ['1', '2', '3', '4', '5', '6'])
      await respond({ text }).catch((error: unknown) => told.push(error));
    expect(town.slack.ephemerals('U0ANA').map((message) => message.text)).toEqual(['1', '2', '3', '4', '5']);
    expect(told).toMatchObject([{ statusCode: 404 }]);

    await town.slack.as('U0ANA').command('C0PROMO', '/model why');
    town.passMs(30 * 60_000 + 1);
    await expect(respond({ text: 'late' })).rejects.toMatchObject({ statusCode: 404 });
  });

  it('shows an answer for everybody, replaces it and takes it away', async () => {
    let url = '';
    town = await openBoltTown((app) => {
      app.command('/model', async ({ command, ack }) => {
        url = command.response_url;
        await ack({ response_type: 'in_channel', text: 'first' });
      });
    });
    await town.slack.as('U0ANA').command('C0PROMO', '/model status');
    const answer = (body: object) =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const shown = () => town.slack.messages('C0PROMO').map((message) => message.text);
    expect(shown()).toEqual(['first']);
    await answer({ text: 'second', replace_original: true });
    expect(shown()).toEqual(['second']);
    expect((await answer({ blocks: [{ type: 'marquee' }] })).status).toBe(400);
    await answer({ delete_original: true });
    expect(shown()).toEqual([]);
  });

  it('that takes too long or breaks the app fails in front of the person', async () => {
    town = await openBoltTown(
      (app) => {
        app.command('/never', () => new Promise(() => {}));
        app.command('/throws', async () => {
          throw new Error('broken');
        });
      },
      { answerLimitMs: 200 },
    );
    const ana = town.slack.as('U0ANA');
    expect(await ana.command('C0PROMO', '/never')).toMatchObject({
      failure: 'operation_timeout',
      sentence: '/never failed with the error "operation_timeout"',
    });
    expect(await ana.command('C0PROMO', '/throws')).toMatchObject({ failure: 'http_error', status: 500 });
    expect(town.slack.failures().map(({ label, failure }) => [label, failure])).toEqual([
      ['command /never by U0ANA', 'operation_timeout'],
      ['command /throws by U0ANA', 'http_error'],
    ]);
  });

  it('with an answer that Slack cannot show says so', async () => {
    town = await openBoltTown((app) => {
      app.command('/model', async ({ ack }) => ack({ blocks: [{ type: 'header' }] }));
    });
    const seen = await town.slack.as('U0ANA').command('C0PROMO', '/model');
    expect(seen.failure).toBe('invalid_answer');
    expect(seen.sentence).toContain('/blocks/0/text is missing');
  });

  it('cannot be typed where the person cannot look', async () => {
    town = await openBoltTown(() => {});
    await expect(town.slack.as('U0STRANGER').command('C0PROMO', '/model')).rejects.toThrow('cannot see');
    await expect(town.slack.as('U0GUS').command('C0AUDIT', '/model')).rejects.toThrow('cannot see');
  });
});

describe('the signature', () => {
  it('is checked by Bolt: a wrong secret and an old stamp do not get in', async () => {
    let runs = 0;
    town = await openBoltTown((app) => {
      app.command('/model', async ({ ack }) => {
        runs += 1;
        await ack();
      });
    });
    const ana = town.slack.as('U0ANA');
    town.slack.faults.add({ kind: 'skewed', ms: -6 * 60_000, times: 1 });
    expect(await ana.command('C0PROMO', '/model')).toMatchObject({ status: 401, failure: 'http_error' });
    expect(await ana.command('C0PROMO', '/model')).toMatchObject({ status: 200 });
    const [forged] = town.slack.sent().slice(-1);
    const answer = await fetch(town.requestUrl, {
      method: 'POST',
      headers: { ...forged?.headers, 'x-slack-signature': 'v0=00' },
      body: forged?.body ?? '',
    });
    expect([answer.status, runs]).toEqual([401, 1]);
  });

  it('lets an old request in again, byte for byte, and the same one twice at once', async () => {
    let runs = 0;
    town = await openBoltTown((app) => {
      app.command('/model', async ({ ack }) => {
        runs += 1;
        await ack();
      });
    });
    town.slack.faults.add({ delivery: 'slash_commands', kind: 'duplicate', times: 1 });
    await town.slack.as('U0ANA').command('C0PROMO', '/model');
    expect(runs).toBe(2);
    const [first] = town.slack.sent();
    expect(await town.slack.replay(first?.id ?? 0)).toMatchObject({ status: 200 });
    expect(runs).toBe(3);
  });
});

describe('several doors', () => {
  it('take turns, and one that is shut fails its own request only', async () => {
    town = await openBoltTown((app) => {
      app.command('/model', async ({ ack }) => ack('here'));
    });
    town.slack.connectApp({ requestUrls: [town.requestUrl, 'http://127.0.0.1:1/slack/events'] });
    const ana = town.slack.as('U0ANA');
    expect((await ana.command('C0PROMO', '/model')).sentence).toBe('here');
    expect(await ana.command('C0PROMO', '/model')).toMatchObject({ status: 0, failure: 'dispatch_failed' });
    expect((await ana.command('C0PROMO', '/model')).sentence).toBe('here');
  });
});

describe('events', () => {
  it('are sent again until they are taken', async () => {
    const heard: string[] = [];
    let done: () => void = () => {};
    const taken = new Promise<void>((resolve) => {
      done = resolve;
    });
    town = await openBoltTown(
      (app) => {
        app.event('app_mention', async ({ event, context }) => {
          heard.push(`mention ${event.text} ${context.retryNum ?? 0} ${context.retryReason ?? ''}`);
          done();
        });
      },
      { eventRetriesMs: [0, 0, 0] },
    );
    town.slack.connectApp({ requestUrls: ['http://127.0.0.1:1/', town.requestUrl], events: ['app_mention'] });
    town.slack.as('U0ANA').say('C0PROMO', '<@U0BOT> help');
    expect(town.slack.pending()).toEqual([expect.stringContaining('event app_mention')]);
    await taken;
    expect(heard).toEqual(['mention <@U0BOT> help 1 connection_failed']);
  });

  it('are those that the manifest names', async () => {
    let done: (text: string) => void = () => {};
    const heard = new Promise<string>((resolve) => {
      done = resolve;
    });
    town = await openBoltTown((app) => {
      app.event('message', async ({ event }) => done('text' in event ? (event.text ?? '') : ''));
    });
    town.slack.connectApp({ requestUrl: town.requestUrl, events: ['message.groups'] });
    town.slack.addChannel({ id: 'C0HIDDEN', name: 'hidden', members: ['U0ANA', 'U0BOT'], is_private: true });
    town.slack.as('U0ANA').say('C0PROMO', 'in public');
    town.slack.as('U0ANA').say('C0HIDDEN', 'in private');
    expect(await heard).toBe('in private');
  });

  it('open the Home tab, which the app publishes for one person', async () => {
    town = await openBoltTown((app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'divider' }] } });
      });
    });
    const published = next(town.slack.onView, (news) => news.kind === 'published');
    town.slack.as('U0BO').openHome();
    expect((await published).user).toBe('U0BO');
    expect(town.slack.homeOf('U0BO')?.blocks).toMatchObject([{ type: 'divider' }]);
    expect(town.slack.homeOf('U0ANA')).toBeUndefined();
  });
});
