import { auditPageCard, trailCheckCard } from '../../blocks/audit-card.ts';
import { changeRefused } from '../../blocks/change-refused.ts';
import type { Message } from '../../blocks/message.ts';
import { planCard } from '../../blocks/plan-card.ts';
import { noShadowCard, shadowCard } from '../../blocks/shadow-card.ts';
import type { ChangeKind } from '../../src/changes/plan.ts';
import type { Bot } from '../bot.ts';
import type { ActionDoor, Press } from '../door.ts';

/** Buttons under lists and summaries. The `id` of an audit button is `<chain>` or `<chain>@<entry>`; of a shadow button, the test. */
export const readingActions: Readonly<Record<string, ActionDoor>> = {
  'audit.older': {
    role: 'viewer',
    subject: 'none',
    run: async (bot, press) => {
      const [chain = '', before] = press.id.split('@');
      return auditPageCard(await bot.audit.page(chain, before));
    },
  },
  'audit.verify': {
    role: 'viewer',
    subject: 'none',
    run: async (bot, press) => trailCheckCard(await bot.audit.verify(press.id)),
  },
  'shadow.status': {
    role: 'viewer',
    subject: 'shadow-test',
    run: async (bot, press) => {
      const model = (await bot.modelOf('shadow-test', press.id)) ?? press.id;
      const test = await bot.shadowOf(model);
      return test ? shadowCard(test) : noShadowCard(model);
    },
  },
  'shadow.stop': { role: 'deployer', subject: 'shadow-test', run: (bot, press) => planFor(bot, press, 'shadow-stop') },
  'shadow.promote': { role: 'deployer', subject: 'shadow-test', run: (bot, press) => planFor(bot, press, 'promotion') },
};

async function planFor(bot: Bot, press: Press, kind: ChangeKind): Promise<Message> {
  const model = (await bot.modelOf('shadow-test', press.id)) ?? press.id;
  const planned = await bot.changes.plan({
    kind,
    model,
    by: press.by,
    channel: press.channel,
    requestId: press.requestId,
  });
  return planned.ok ? planCard(planned.value) : changeRefused(planned.refusal, press.requestId);
}
