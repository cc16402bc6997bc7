import type { ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import type { ViewsOpenArguments } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeenView } from '../../src/local/slack/people/look.ts';
import { type BoltTown, errorOf, next, openBoltTown } from './local-slack-kit.ts';

type View = ViewsOpenArguments['view'];
type Answer =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'clear' }
  | { response_action: 'push' | 'update'; view: View };

let town: BoltTown;
let triggers: string[];
let submitted: Record<string, unknown>[];
let answer: Answer | undefined;

const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
const option = (value: string) => ({ text: plain(value), value });
const input = (block_id: string, element: object, more: object = {}) => ({
  type: 'input' as const,
  block_id,
  label: plain(block_id),
  element: { action_id: 'value', ...element } as never,
  ...more,
});

function form(title: string, more: object = {}): View {
  return {
    type: 'modal',
    callback_id: 'reject',
    private_metadata: 'M31',
    title: plain(title),
    submit: plain('Reject'),
    close: plain('Back'),
    blocks: [
      input('reason', { type: 'plain_text_input', min_length: 3, max_length: 20 }),
      input('version', { type: 'static_select', options: [option('6'), option('7')], initial_option: option('7') }),
      input('bake', {
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: '1',
        max_value: '60',
        initial_value: '10',
      }),
      input('tell', { type: 'checkboxes', options: [option('owner'), option('team')] }, { optional: true }),
    ],
    ...more,
  };
}

beforeEach(async () => {
  triggers = [];
  submitted = [];
  answer = undefined;
  town = await openBoltTown((app) => {
    app.command('/model', async ({ ack, command }) => {
      triggers.push(command.trigger_id);
      await ack();
    });
    app.view<ViewSubmitAction>('reject', async ({ ack, view, body }) => {
      triggers.push(body.trigger_id);
      submitted.push({ ...view.state.values, metadata: view.private_metadata, hash: view.hash });
      await (answer ? ack(answer) : ack());
    });
    app.view<ViewClosedAction>({ callback_id: 'reject', type: 'view_closed' }, async ({ ack, body }) => {
      submitted.push({ closed: body.is_cleared });
      await ack();
    });
  });
});
afterEach(() => town.close());

const ana = () => town.slack.as('U0ANA');

async function trigger(): Promise<string> {
  await ana().command('C0PROMO', '/model');
  return triggers.at(-1) ?? '';
}

async function openForm(view: View = form('Reject')): Promise<SeenView> {
  await town.client.views.open({ trigger_id: await trigger(), view });
  return topView();
}

function topView(): SeenView {
  const view = town.slack.openViews('U0ANA').at(-1);
  if (!view) throw new Error('no form is open');
  return view;
}

describe('the permission to open a form', () => {
  it('works once, for three seconds, and only if Slack gave it', async () => {
    const open = (trigger_id: string) => errorOf(town.client.views.open({ trigger_id, view: form('Reject') }));
    const once = await trigger();
    expect(await open(once)).toBe('no error');
    expect(await open(once)).toBe('exchanged_trigger_id');
    const late = await trigger();
    town.passMs(3_001);
    expect(await open(late)).toBe('expired_trigger_id');
    expect(await open('made-up')).toBe('invalid_trigger_id');
  });

  it('is not used up by a view that Slack refuses', async () => {
    const trigger_id = await trigger();
    const bad = await town.client.views
      .open({ trigger_id, view: form('A title that is far too long') })
      .catch((error: unknown) => error);
    expect(bad).toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: { messages: [expect.stringContaining('[json-pointer:/view/title/text]')] },
      },
    });
    expect(await errorOf(town.client.views.open({ trigger_id, view: form('Reject') }))).toBe('no error');
  });
});

describe('a form', () => {
  it('is sent with what was typed and with what stood there', async () => {
    const view = await openForm();
    expect(town.slack.plainText(view)).toBe(
      'Reject\nreason: ____\nversion:\n  ( ) 6\n  (•) 7\nbake: 10\ntell (optional):\n  ( ) owner\n  ( ) team\n[Back] [Reject]',
    );
    expect(await ana().submit(view, { reason: 'too many', tell: ['team'] })).toMatchObject({
      wasSent: true,
      status: 200,
    });
    expect(submitted).toEqual([
      {
        reason: { value: { type: 'plain_text_input', value: 'too many' } },
        version: { value: { type: 'static_select', selected_option: option('7') } },
        bake: { value: { type: 'number_input', value: '10' } },
        tell: { value: { type: 'checkboxes', selected_options: [option('team')] } },
        metadata: 'M31',
        hash: view.hash,
      },
    ]);
    expect(town.slack.openViews('U0ANA')).toEqual([]);
  });

  it('is not sent while Slack itself sees something missing or out of bounds', async () => {
    const view = await openForm();
    const errors = async (entries: object) => (await ana().submit(view, { ...entries })).errors;
    expect(await errors({})).toEqual({ reason: 'Please complete this required field.' });
    expect(await errors({ reason: 'no', bake: '61' })).toEqual({
      reason: 'This field needs at least 3 characters.',
      bake: 'This field takes at most 60.',
    });
    expect(await errors({ reason: 'x'.repeat(21), bake: '1.5' })).toEqual({
      reason: 'This field takes at most 20 characters.',
      bake: 'This field takes a whole number.',
    });
    await expect(ana().submit(view, { version: '9' })).rejects.toThrow('there are 6, 7');
    expect(submitted).toEqual([]);
  });

  it('stays open with the app’s words under the question', async () => {
    const view = await openForm();
    answer = { response_action: 'errors', errors: { reason: 'Say which rows.' } };
    const seen = await ana().submit(view, { reason: 'because' });
    expect(seen).toMatchObject({ errors: { reason: 'Say which rows.' }, sentence: 'Say which rows.' });
    expect(topView().id).toBe(view.id);
  });

  it('is in trouble when the app answers about a question that is not there', async () => {
    const view = await openForm();
    answer = { response_action: 'errors', errors: { nowhere: 'Wrong.' } };
    expect(await ana().submit(view, { reason: 'because' })).toMatchObject({ failure: 'invalid_answer' });
    expect(town.slack.failures()).toMatchObject([{ label: 'form reject by U0ANA', failure: 'invalid_answer' }]);
  });

  it('can be followed by another, replaced, or cleared with all below it', async () => {
    const view = await openForm();
    answer = { response_action: 'push', view: form('Sure?') };
    await ana().submit(view, { reason: 'because' });
    expect(town.slack.openViews('U0ANA').map(({ title }) => title)).toEqual(['Reject', 'Sure?']);
    await expect(ana().submit(view)).rejects.toThrow('lies under another one');
    answer = { response_action: 'update', view: form('Really?') };
    await ana().submit(topView(), { reason: 'because' });
    expect(town.slack.openViews('U0ANA').map(({ title }) => title)).toEqual(['Reject', 'Really?']);
    answer = { response_action: 'clear' };
    await ana().submit(topView(), { reason: 'because' });
    expect(town.slack.openViews('U0ANA')).toEqual([]);
  });

  it('lies at most three deep, and only on a form', async () => {
    const push = (trigger_id: string) => errorOf(town.client.views.push({ trigger_id, view: form('Next') }));
    expect(await push(await trigger())).toBe('invalid_trigger_id');
    let view = await openForm();
    for (const wanted of ['no error', 'no error', 'push_limit_reached']) {
      answer = { response_action: 'errors', errors: { reason: 'Wait.' } };
      await ana().submit(view, { reason: 'because' });
      expect(await push(triggers.at(-1) ?? '')).toBe(wanted);
      view = topView();
    }
  });

  it('that is closed is told to the app only when it asked to be told', async () => {
    expect(await ana().closeView(await openForm())).toMatchObject({ wasSent: false });
    const told = await ana().closeView(await openForm(form('Reject', { notify_on_close: true })));
    expect(told).toMatchObject({ wasSent: true, status: 200 });
    expect(submitted).toEqual([{ closed: false }]);
  });
});

describe('an update of a form', () => {
  it('keeps what was typed, and loses the race against a newer one', async () => {
    const view = await openForm();
    await ana().choose(view, 'value', 'half typed', { blockId: 'reason' });
    const update = (hash: string) => errorOf(town.client.views.update({ view_id: view.id, hash, view: form('New') }));
    const heard = next(town.slack.onView, (news) => news.kind === 'updated');
    expect(await update(view.hash)).toBe('no error');
    expect((await heard).view.title).toBe('New');
    expect(await update(view.hash)).toBe('hash_conflict');
    await ana().submit(topView());
    expect(submitted[0]).toMatchObject({ reason: { value: { value: 'half typed' } } });
  });

  it('needs an open form, by id or by the app’s own name for it', async () => {
    await openForm(form('Reject', { external_id: 'C212-reject' }));
    const byName = (external_id: string) => errorOf(town.client.views.update({ external_id, view: form('New') }));
    expect(await byName('C212-reject')).toBe('no error');
    expect(await errorOf(town.client.views.update({ view_id: 'V0NONE', view: form('New') }))).toBe('not_found');
    expect(await byName('C999-reject')).toBe('not_found');
  });
});

describe('a Home tab', () => {
  it('is published for one person, and an older state does not win', async () => {
    const home = (text: string) => ({
      type: 'home' as const,
      blocks: [{ type: 'header' as const, text: plain(text) }],
    });
    const first = await town.client.views.publish({ user_id: 'U0BO', view: home('one') });
    const hash = first.view?.hash ?? '';
    await town.client.views.publish({ user_id: 'U0BO', view: home('two'), hash });
    expect(await errorOf(town.client.views.publish({ user_id: 'U0BO', view: home('old'), hash }))).toBe(
      'hash_conflict',
    );
    const seen = town.slack.homeOf('U0BO');
    expect(seen && town.slack.plainText(seen)).toBe('two');
  });
});
