import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../src/local/slack/people/look.ts';
import { type BoltTown, next, openBoltTown } from './local-slack-kit.ts';

type Press = {
  readonly user: string;
  readonly action: Record<string, unknown>;
  readonly body: Record<string, unknown>;
};

let town: BoltTown;
let presses: Press[];
let respond: (answer: { text: string; replace_original?: boolean; delete_original?: boolean }) => Promise<unknown>;

beforeEach(async () => {
  presses = [];
  town = await openBoltTown((app) => {
    app.action(/.*/, async (args) => {
      respond = args.respond;
      presses.push({ user: args.body.user.id, action: { ...args.action }, body: { ...args.body } });
      await args.ack();
    });
    app.options('change.version', async ({ ack, payload }) => {
      await ack({ options: [option(`${payload.value} offered`, payload.value)] });
    });
  });
});
afterEach(() => town.close());

const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
const option = (text: string, value: string) => ({ text: plain(text), value });
const button = (text: string, action_id: string, more: object = {}) => ({
  type: 'button' as const,
  text: plain(text),
  action_id,
  ...more,
});
const question = {
  title: plain('Promote 6 → 7?'),
  text: plain('Starts at once.'),
  confirm: plain('Approve'),
  deny: plain('Not yet'),
};

const elements = [
  button('Approve', 'change.approve', { value: 'C212.2', style: 'primary', confirm: question }),
  button('Reject…', 'change.reject', { value: 'C212.2' }),
  button('Open C211', 'change.open-card', { url: 'https://example.com/c211' }),
  {
    type: 'overflow' as const,
    action_id: 'change.more',
    options: [option('Timeline', 'timeline'), option('Withdraw', 'withdraw')],
  },
  {
    type: 'static_select' as const,
    action_id: 'status.model',
    options: [option('Promo', 'promo'), option('Churn', 'churn')],
  },
  { type: 'users_select' as const, action_id: 'hand-over.to' },
  { type: 'external_select' as const, action_id: 'change.version', min_query_length: 1 },
];
const blocks = [{ type: 'actions', block_id: 'C212.2.act', elements }];

async function postCard(): Promise<SeenMessage> {
  const { ts } = await town.client.chat.postMessage({ channel: 'C0PROMO', text: 'Approval needed', blocks });
  const card = town.slack.messages('C0PROMO').find((message) => message.ts === ts);
  if (!card) throw new Error('the card is not there');
  return card;
}

const ana = () => town.slack.as('U0ANA');

describe('a button', () => {
  it('is pressed by its words, with what the stored message says and not what the presser says', async () => {
    const card = await postCard();
    expect(town.slack.buttonsOf(card)).toEqual(['Approve', 'Reject…', 'Open C211', '⋯']);
    const seen = await town.slack.as('U0BO').click(card, 'Reject…');
    expect(seen).toMatchObject({ wasSent: true, status: 200, sentence: '' });
    expect(presses[0]).toMatchObject({
      user: 'U0BO',
      action: { type: 'button', action_id: 'change.reject', block_id: 'C212.2.act', value: 'C212.2' },
      body: {
        team: { id: 'T0ACME' },
        channel: { id: 'C0PROMO', name: 'ml-promotion' },
        container: { type: 'message', message_ts: card.ts, is_ephemeral: false },
        message: { ts: card.ts, text: 'Approval needed' },
      },
    });
  });

  it('asks its question first, and no means that nothing is sent', async () => {
    const card = await postCard();
    const asked = { title: 'Promote 6 → 7?', text: 'Starts at once.', confirm: 'Approve', deny: 'Not yet' };
    expect(await ana().click(card, 'change.approve', { confirm: 'no' })).toMatchObject({ wasSent: false, asked });
    expect(presses).toEqual([]);
    expect(await ana().click(card, 'Approve')).toMatchObject({ wasSent: true, asked });
    expect(presses).toHaveLength(1);
  });

  it('with a link opens it and is told to the app too', async () => {
    expect((await ana().click(await postCard(), 'Open C211')).link).toBe('https://example.com/c211');
    expect(presses).toHaveLength(1);
  });

  it('has to be there: not another one, not on an edited card, not for who cannot see it', async () => {
    const card = await postCard();
    await expect(ana().click(card, 'Explode')).rejects.toThrow('there is no “Explode” here');
    await expect(town.slack.as('U0STRANGER').click(card, 'Approve')).rejects.toThrow('cannot see');
    await town.client.chat.update({ channel: card.channel, ts: card.ts, text: 'Approved' });
    await expect(ana().click(card, 'Approve')).rejects.toThrow('here are no elements');
    expect((await ana().click({ ...card, version: 1 }, 'Approve')).wasSent).toBe(true);
  });

  it('is pressed by two people at the same instant without one waiting for the other', async () => {
    let open: () => void = () => {};
    const bothIn = new Promise<void>((resolve) => {
      open = resolve;
    });
    await town.close();
    town = await openBoltTown((app) => {
      let inside = 0;
      app.action('change.approve', async ({ ack }) => {
        inside += 1;
        if (inside === 2) open();
        await bothIn;
        await ack();
      });
    });
    const card = await postCard();
    const seen = await Promise.all([ana().click(card, 'Approve'), town.slack.as('U0BO').click(card, 'Approve')]);
    expect(seen.map(({ status }) => status)).toEqual([200, 200]);
    expect(town.slack.pending()).toEqual([]);
  });

  it('pressed by somebody of another company carries both teams', async () => {
    const card = await postCard();
    town.slack.invite('C0PROMO', 'U0STRANGER');
    await town.slack.as('U0STRANGER').click(card, 'Approve');
    expect(presses[0]?.body).toMatchObject({ team: { id: 'T0ACME' }, user: { id: 'U0STRANGER', team_id: 'T0OTHER' } });
  });
});

describe('a menu', () => {
  it('sends the option that was picked, by its words or its value', async () => {
    const card = await postCard();
    await ana().click(card, 'Timeline');
    await ana().choose(card, 'change.more', 'withdraw');
    expect(presses.map(({ action }) => action.selected_option)).toEqual([
      option('Timeline', 'timeline'),
      option('Withdraw', 'withdraw'),
    ]);
    await expect(ana().choose(card, 'change.more', 'explode')).rejects.toThrow('there are timeline, withdraw');
  });

  it('is part of the state of its message, for the person who picked', async () => {
    const card = await postCard();
    await ana().choose(card, 'status.model', 'churn');
    await ana().choose(card, 'hand-over.to', 'U0BO');
    expect(presses[1]?.body).toMatchObject({
      state: {
        values: {
          'C212.2.act': {
            'status.model': { type: 'static_select', selected_option: option('Churn', 'churn') },
            'hand-over.to': { type: 'users_select', selected_user: 'U0BO' },
          },
        },
      },
    });
  });

  it('that the app fills offers what the app offers', async () => {
    const card = await postCard();
    const offer = await ana().suggest(card, 'change.version', '7');
    expect(offer.options).toEqual([option('7 offered', '7')]);
    await ana().choose(card, 'change.version', '8');
    expect(presses[0]?.action.selected_option).toEqual(option('8 offered', '8'));
  });
});

describe('the answer to a press', () => {
  it('replaces the message, or the private one that was pressed on', async () => {
    const card = await postCard();
    await ana().click(card, 'Reject…');
    await respond({ text: 'Rejected', replace_original: true });
    expect(town.slack.messages('C0PROMO').map(({ text, versionCount }) => [text, versionCount])).toEqual([
      ['Rejected', 2],
    ]);
    await town.client.chat.postEphemeral({ channel: 'C0PROMO', user: 'U0ANA', text: 'The plan', blocks });
    const [plan] = town.slack.ephemerals('U0ANA');
    if (!plan) throw new Error('no plan');
    await expect(town.slack.as('U0BO').click(plan, 'Reject…')).rejects.toThrow('cannot see');
    await ana().click(plan, 'Reject…');
    expect(presses[1]?.body).toMatchObject({ container: { is_ephemeral: true } });
    expect(presses[1]?.body.message).toBeUndefined();
    await respond({ text: 'Discarded', replace_original: true });
    expect(town.slack.ephemerals('U0ANA').map(({ text }) => text)).toEqual(['Discarded']);
    await respond({ text: '', delete_original: true });
    expect(town.slack.ephemerals('U0ANA')).toEqual([]);
  });

  it('is private unless it says otherwise', async () => {
    await ana().click(await postCard(), 'Reject…');
    await respond({ text: 'You asked for this promotion.' });
    expect(town.slack.ephemerals('U0ANA').map(({ text }) => text)).toEqual(['You asked for this promotion.']);
    expect(town.slack.messages('C0PROMO')).toHaveLength(1);
  });
});

describe('a message shortcut', () => {
  it('brings the message and works in a thread', async () => {
    await town.close();
    town = await openBoltTown((app) => {
      app.shortcut('add-to-timeline', async ({ ack, shortcut, client }) => {
        await ack();
        const text = 'message' in shortcut ? `noted: ${shortcut.message.text}` : '';
        await client.chat.postMessage({ channel: 'C0PROMO', text });
      });
    });
    const { ts: threadTs } = town.slack.as('U0BO').say('C0PROMO', 'slow again');
    const said = town.slack.as('U0BO').say('C0PROMO', 'look', { threadTs });
    const posted = next(town.slack.onMessage, ({ message }) => message.user === 'U0BOT');
    expect((await ana().shortcut(said, 'add-to-timeline')).status).toBe(200);
    expect((await posted).plain).toBe('noted: look');
  });
});
