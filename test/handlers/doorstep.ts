import type { Form } from '../../blocks/forms.ts';
import type { Message } from '../../blocks/message.ts';
import { answerCommand, answerForm, answerPress } from '../../handlers/answer.ts';
import type { Bot } from '../../handlers/bot.ts';
import { whisperAnswer } from '../../handlers/resume.ts';
import { commandOf, formOf, pressOf } from '../../handlers/slack-shapes.ts';
import { take } from '../../handlers/take.ts';
import { makeLetIn } from '../../src/access/acts/let-in.ts';
import type { Knocked } from '../../src/access/delivery.ts';
import type { Account } from '../../src/access/person.ts';
import { refuse } from '../../src/kernel/result.ts';

const groups: Readonly<Record<string, readonly string[]>> = {
  S0MLENG: ['U0ANA'],
  S0APPROVERS: ['U0BO'],
  S0ONCALL: ['U0MIRA'],
};
const guests = ['U0GUS'];

/** Whoever has a role and no more than that. */
export const personWith = { viewer: 'U0VIC', operator: 'U0MIRA', deployer: 'U0ANA', approver: 'U0BO', admin: 'U0ADA' };

const accountOf = (user: string): Account => ({
  user,
  name: user.slice(2),
  team: 'T0ACME',
  standing: guests.includes(user) ? 'guest' : 'member',
});

const nothingSealed = {
  lines: 0,
  checkpoint: undefined,
  since: 0,
  unsealed: [],
  lastHash: undefined,
  firstAt: undefined,
  lastAt: undefined,
  firstBad: undefined,
};

const membersOf = (group: string) => Promise.resolve(groups[group] ?? []);

/**
 * A bot that keeps what it was asked to do, in order, and refuses everything as unknown: enough to see who gets how far.
 * Doors, roles and the check at the door are the real ones.
 */
export function openDoorstep(change: Partial<Bot> = {}) {
  const acts: string[] = [];
  const refusals: string[] = [];
  const whispers: Message[] = [];
  const troubles: unknown[] = [];
  const formsOpened: Form[] = [];
  const claimed = new Set<string>();
  let requests = 0;

  /** An act that is written down with what it was asked about. */
  function recorded<A, R>(name: string, answer: (asked: A) => R): (asked: A) => Promise<R> {
    return (asked) => {
      const id = typeof asked === 'object' && asked !== null && 'id' in asked ? ` ${String(asked.id)}` : '';
      acts.push(`${name}${id}`);
      return Promise.resolve(answer(asked));
    };
  }
  const unknownChange = (name: string) =>
    recorded(name, ({ id }: { id: string }) => refuse({ kind: 'unknown-change' as const, id }));
  const unknownIncident = (name: string) =>
    recorded(name, ({ id }: { id: string }) => refuse({ kind: 'unknown-incident' as const, id }));

  const bot: Bot = {
    models: ['promo'],
    access: {
      letIn: makeLetIn({
        book: {
          team: 'T0ACME',
          named: { deployer: ['S0MLENG'], approver: ['S0APPROVERS'], operator: ['S0ONCALL'], admin: ['U0ADA'] },
          owners: { promo: ['S0PROMO'] },
        },
        account: (user) => Promise.resolve(accountOf(user)),
        members: membersOf,
        membersNow: membersOf,
        channelIsShared: () => Promise.resolve(false),
      }),
      account: (user) => Promise.resolve(accountOf(user)),
      refused: ({ user, door, model, refusal, requestId }) => {
        refusals.push(`${user} at ${door} of ${model ?? 'no model'}: ${refusal.kind} (${requestId})`);
        return Promise.resolve();
      },
    },
    journal: {
      begin: ({ trigger }) => {
        const isFirst = !claimed.has(trigger);
        claimed.add(trigger);
        return Promise.resolve(isFirst);
      },
      finish: () => Promise.resolve(),
    },
    newRequestId: () => {
      requests += 1;
      return `R${requests}`;
    },
    track: (work) => work,
    modelOf: () => Promise.resolve('promo'),
    whisper: (_to, message) => {
      whispers.push(message as Message);
      return Promise.resolve();
    },
    trouble: (where, error, requestId) => troubles.push({ where, error, requestId }),
    changes: {
      plan: recorded('plan', ({ model }: { model: string }) =>
        refuse({ kind: 'unknown-model' as const, model, known: ['promo'] }),
      ),
      ask: unknownChange('ask'),
      approve: unknownChange('approve'),
      reject: unknownChange('reject'),
      withdraw: unknownChange('withdraw'),
      discard: unknownChange('discard'),
      abort: unknownChange('abort'),
      find: recorded('find change', () => undefined),
    },
    incidents: {
      acknowledge: unknownIncident('acknowledge'),
      resolve: unknownIncident('resolve'),
      reopen: unknownIncident('reopen'),
      replay: recorded('replay', ({ id }: { id: string }) => refuse({ kind: 'unknown-message' as const, id })),
      find: recorded('find incident', () => undefined),
      open: () => recorded('open incidents', () => [])(undefined),
      unparsed: () => Promise.resolve([]),
    },
    status: recorded('status', (model: string) => ({
      model,
      endpoint: model,
      status: 'not there yet',
      serving: undefined,
      lastChange: undefined,
      shadowTest: undefined,
      openIncidents: [],
      openChanges: [],
      lookedAt: 1_795_424_400_000,
    })),
    versions: recorded('versions', () => []),
    shadowOf: recorded('shadow test', () => undefined),
    audit: {
      page: recorded('audit page', (chain: string) => ({ chain, lines: [], total: 0, older: undefined })),
      verify: recorded('verify', (chain: string) => ({ ...nothingSealed, chain })),
    },
    ...change,
  };

  let triggers = 0;
  const freshTrigger = (): string => {
    triggers += 1;
    return `trigger-${triggers}`;
  };
  return {
    bot,
    acts,
    refusals,
    whispers,
    troubles,
    formsOpened,
    type: (text: string, user: string, trigger = freshTrigger()) => {
      const called = commandOf({ text, user_id: user, channel_id: 'C0PROMO', trigger_id: trigger } as never);
      return taken(called, () => answerCommand(bot, called));
    },
    press: (action: string, user: string, { id = 'C1', trigger = freshTrigger() } = {}) => {
      const pressed = pressOf({
        user: { id: user },
        channel: { id: 'C0PROMO' },
        trigger_id: trigger,
        actions: [{ type: 'button', action_id: action, block_id: `${id}.1.act`, value: `${id}.1` }],
      } as never);
      if (!pressed) throw new Error('nothing was pressed');
      const openForm = (form: Form): Promise<void> => {
        formsOpened.push(form);
        return Promise.resolve();
      };
      return taken(pressed, () => answerPress(bot, pressed, openForm));
    },
    send: (form: string, user: string, { values = {} as Record<string, string>, view = freshTrigger() } = {}) => {
      const filled = Object.entries(values).map(([block, value]) => [block, { value: { value } }]);
      const state = { values: Object.fromEntries(filled) };
      const sent = formOf({
        user: { id: user },
        view: { id: view, hash: '1.abc', callback_id: form, private_metadata: 'C1', state },
      } as never);
      return taken(sent, async () => {
        const message = await answerForm(bot, sent);
        await whisperAnswer(bot, sent, message);
        return message;
      });
    },
  };

  /** As Bolt's listeners do it: what the person is told, or nothing for a repeat. */
  async function taken(knocked: Knocked, answer: () => Promise<Message | undefined>): Promise<Message | undefined> {
    let said: Message | undefined;
    const work = async (): Promise<void> => {
      said = await answer();
    };
    await take(bot, knocked, { ack: () => Promise.resolve(), work });
    return said;
  }
}

export const words = (message: Message | undefined): string => message?.text ?? '';
