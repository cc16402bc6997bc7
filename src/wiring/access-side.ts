import { makeLetIn } from '../access/acts/let-in.ts';
import type { AccessRefusal } from '../access/refusal.ts';
import { houseChain } from '../audit/entry.ts';
import { Fault } from '../kernel/fault.ts';
import { actId } from '../kernel/ids.ts';
import type { SlackSide } from './connect-slack.ts';
import { type Ground, stamped } from './ground.ts';
import { roleBook } from './policies.ts';

type RefusedKnock = {
  readonly user: string;
  readonly door: string;
  readonly about: string | undefined;
  readonly model: string | undefined;
  readonly refusal: AccessRefusal;
  readonly requestId: string;
};

/** Who may come in, and the line in the trail for who may not. */
export function makeAccessSide(ground: Ground, slack: Pick<SlackSide, 'accounts' | 'channelIsShared'>) {
  const { commit, config } = ground;
  return {
    letIn: makeLetIn({
      book: roleBook(config),
      account: slack.accounts.account,
      members: slack.accounts.members,
      membersNow: slack.accounts.membersNow,
      channelIsShared: slack.channelIsShared,
    }),
    account: slack.accounts.account,
    refused: async (knock: RefusedKnock): Promise<void> => {
      const name = await nameOf(slack, knock.user);
      const button = knock.about === undefined ? knock.door : `${knock.door} of ${knock.about}`;
      const entry = stamped(ground, {
        chain: knock.model !== undefined && Object.hasOwn(config.models, knock.model) ? knock.model : houseChain,
        act: 'access.refused',
        outcome: 'refused',
        by: { kind: 'person', user: knock.user, name },
        // Repeated refusals fold by their subject: two buttons are two refusals, and so are two changes.
        subject: { kind: 'door', id: button },
        sentence: `${name} was refused at ${button}: ${refusalWords(knock.refusal)}.`,
        facts: { door: knock.door, refusal: knock.refusal.kind },
        requestId: knock.requestId,
      });
      await commit({ id: actId(`refused/${knock.requestId}`), puts: [], entries: [entry], cards: [] });
    },
  };
}

/** A refusal is written even when Slack does not say who it was. */
async function nameOf(slack: Pick<SlackSide, 'accounts'>, user: string): Promise<string> {
  try {
    return (await slack.accounts.account(user)).name;
  } catch (error) {
    if (error instanceof Fault) return user;
    throw error;
  }
}

function refusalWords(refusal: AccessRefusal): string {
  switch (refusal.kind) {
    case 'not-a-member':
      return `the account is a ${refusal.standing}`;
    case 'other-team':
      return `the account belongs to team ${refusal.team}`;
    case 'no-role':
      return `it needs the role ${refusal.needs}`;
    case 'shared-channel':
      return 'the channel is shared with another organisation';
    case 'identity-unknown':
      return 'Slack did not say who it was';
    default:
      return refusal satisfies never;
  }
}
