import { makeTakeMessage, type TakeDeps } from '../../alerts/acts/take-message.ts';
import type { SnsPolicy } from '../../alerts/sns-rules.ts';
import { orderedIds } from '../../kernel/ids.ts';
import type { AlertPolicy } from '../alert-policy.ts';
import { makeAskSources } from './ask-sources.ts';
import type { Surroundings } from './gather.ts';
import type { Ledger } from './ledger.ts';
import { makePressIncident } from './press-incident.ts';
import { makeReadInbox } from './read-inbox.ts';
import { makeReplayMessage } from './replay-message.ts';

export type AlertDeps = Omit<Ledger, 'newId'> &
  Surroundings &
  Pick<TakeDeps, 'checkSignature' | 'confirmSubscription' | 'onTaken'> & { readonly policy: AlertPolicy & SnsPolicy };

/** Everything from a message at the door to an incident with a life, bound to the world it runs in. */
export function makeAlertActs(deps: AlertDeps) {
  const bound = { ...deps, newId: orderedIds(deps.clocks.wall) };
  return {
    takeMessage: makeTakeMessage({ ...bound, houseChannel: deps.policy.houseChannel }),
    readInbox: makeReadInbox(bound),
    askSources: makeAskSources(bound),
    replayMessage: makeReplayMessage(bound),
    ...makePressIncident(bound),
  };
}
