import { changeRefused } from '../../blocks/change-refused.ts';
import { rejectForm } from '../../blocks/forms.ts';
import type { Message } from '../../blocks/message.ts';
import { planCard } from '../../blocks/plan-card.ts';
import type { Change } from '../../src/changes/change.ts';
import type { ChangeRefusal } from '../../src/changes/refusal.ts';
import type { Result } from '../../src/kernel/result.ts';
import type { ActionDoor, FormDoor, Press, PrivateAnswer } from '../door.ts';
import { wasDiscarded, wentOn, withoutReason } from './plan-answers.ts';

export const changeActions: Readonly<Record<string, ActionDoor>> = {
  'change.ask': {
    role: 'deployer',
    subject: 'change',
    run: async (bot, press) => inPlaceOr(await bot.changes.ask(press), press, wentOn),
  },
  'change.approve': {
    role: 'approver',
    subject: 'change',
    run: async (bot, press) => orRefusal(await bot.changes.approve(press), press),
  },
  'change.withdraw': {
    role: 'deployer',
    subject: 'change',
    run: async (bot, press) => orRefusal(await bot.changes.withdraw(press), press),
  },
  'change.discard': {
    role: 'deployer',
    subject: 'change',
    run: async (bot, press) => inPlaceOr(await bot.changes.discard(press), press, wasDiscarded),
  },
  'change.abort': {
    role: 'operator',
    subject: 'change',
    run: async (bot, press) => orRefusal(await bot.changes.abort(press), press),
  },
  'change.reject': {
    role: 'approver',
    subject: 'change',
    run: async (bot, press) => {
      const change = await bot.changes.find(press.id);
      if (!change) return changeRefused({ kind: 'unknown-change', id: press.id }, press.requestId);
      await press.openForm(rejectForm(change));
      return undefined;
    },
  },
  'change.roll-back': {
    role: 'deployer',
    subject: 'change',
    run: async (bot, press) => {
      const change = await bot.changes.find(press.id);
      if (!change) return changeRefused({ kind: 'unknown-change', id: press.id }, press.requestId);
      const planned = await bot.changes.plan({
        kind: 'rollback',
        model: change.model,
        by: press.by,
        channel: press.channel,
        requestId: press.requestId,
      });
      return planned.ok ? planCard(planned.value) : changeRefused(planned.refusal, press.requestId);
    },
  },
};

export const changeForms: Readonly<Record<string, FormDoor>> = {
  'change.reject': {
    role: 'approver',
    subject: 'change',
    run: async (bot, sent) => {
      const { reason } = sent.values;
      return reason === undefined ? withoutReason : orRefusal(await bot.changes.reject({ ...sent, reason }), sent);
    },
  },
};

/** The plan was private, so no card tells what became of it; and its buttons have done their work. */
function inPlaceOr(
  done: Result<Change, ChangeRefusal>,
  { requestId }: Pick<Press, 'requestId'>,
  says: (change: Change) => Message,
): PrivateAnswer {
  return done.ok ? { ...says(done.value), inPlace: true } : changeRefused(done.refusal, requestId);
}

/** What happened is on the card that everybody sees; only a refusal needs a private answer. */
function orRefusal(done: Result<Change, ChangeRefusal>, { requestId }: Pick<Press, 'requestId'>): Message | undefined {
  return done.ok ? undefined : changeRefused(done.refusal, requestId);
}
