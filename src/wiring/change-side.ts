import { awsRequestId } from '../aws/aws-fault.ts';
import { makeAwsReads } from '../aws/aws-reads.ts';
import type { AwsClients } from '../aws/clients.ts';
import { makeAwsClients } from '../aws/clients.ts';
import { makeAwsOperations } from '../aws/operations/aws-operations.ts';
import { makeReadOperations } from '../aws/read-operations.ts';
import { makeChangeActs } from '../changes/acts/change-acts.ts';
import type { ChangeDeps } from '../changes/acts/change-deps.ts';
import { findOpenTest } from '../changes/acts/read-plan-facts.ts';
import type { Config, ModelConfig } from '../config/config.ts';
import { modelFingerprint } from '../config/fingerprint.ts';
import { Fault } from '../kernel/fault.ts';
import { makeRunOpenIntents } from '../runner/acts/run-open-intents.ts';
import type { Accounts } from '../slack/accounts.ts';
import { awsPlace } from './aws-place.ts';
import { makeChangeTick } from './change-tick.ts';
import type { Ground } from './ground.ts';
import { changePolicy } from './policies.ts';
import { makeStatusReads } from './status-side.ts';

/** A call that outlives its lease could be sent by somebody else at the same time, so it is given half of it at most. */
const sendLeaseShare = 0.5;

/** Everything about changes: planning, deciding, sending to AWS, following to the end. */
export function makeChangeSide(ground: Ground, accounts: Pick<Accounts, 'membersNow'>) {
  const { store, commit, clocks, newId, holder, config, log } = ground;
  const policies = policiesOf(config);
  const clientsOf = makeClientsOf(config);
  const readsOf = (model: string) => makeAwsReads(clientsOf(model) ?? noModel(model));
  const lease = (name: string, ttlMs: number) => store.leases.take(name, holder, Math.min(ttlMs, config.store.leaseMs));
  const deps: ChangeDeps = {
    find: store.find,
    listOpen: store.listOpen,
    commit,
    nextNumber: store.nextNumber,
    lease,
    // The lease is left to run out, so the next turn comes after it, for whichever replica asks first.
    takeTurn: async (name, everyMs) => (await store.leases.take(`turn:${name}`, holder, everyMs)) !== undefined,
    clocks,
    newId,
    models: () => [...policies.keys()],
    policyOf: (model) => policies.get(model),
    readsOf,
    membersOf: accounts.membersNow,
  };
  const acts = makeChangeActs(deps);
  const runOpenIntents = makeRunOpenIntents({
    find: store.find,
    listOpen: store.listOpen,
    commit,
    lease,
    clocks,
    newId,
    operationsOf: (model) => {
      const clients = clientsOf(model);
      return clients && makeAwsOperations(clients);
    },
    awsRequestId,
  });

  const tick = makeChangeTick({ ...acts, runOpenIntents, log });

  return {
    acts: { ...acts, plan: acts.planChange, ask: acts.askForApproval },
    tick,
    operations: makeOperationsOfEndpoint(config, clientsOf),
    shadowOf: async (model: string) => (await findOpenTest(deps, model))?.value,
    ...makeStatusReads(ground, { readsOf, policyOf: deps.policyOf }),
  };
}

export type ChangeSide = ReturnType<typeof makeChangeSide>;

function policiesOf(config: Config) {
  const policyOf = (model: ModelConfig) => changePolicy(model, modelFingerprint(config, model.name));
  return new Map(Object.values(config.models).map((model) => [String(model.name), policyOf(model)]));
}

/** One set of clients for each account and region; undefined for a model that the configuration no longer has. */
function makeClientsOf(config: Config): (model: string) => AwsClients | undefined {
  const made = new Map<string, AwsClients>();
  const sendTimeoutMs = config.store.leaseMs * sendLeaseShare;
  return (name) => {
    const model = config.models[name];
    if (!model) return undefined;
    const { account, region } = model.aws;
    const key = `${account}/${region}`;
    const clients = made.get(key) ?? makeAwsClients({ ...awsPlace(config, region), sendTimeoutMs });
    made.set(key, clients);
    return clients;
  };
}

function makeOperationsOfEndpoint(config: Config, clientsOf: (model: string) => AwsClients | undefined) {
  return (window: { endpoint: string; variant: string; from: number; to: number }) => {
    const model = Object.values(config.models).find((each) => each.endpoint === window.endpoint);
    const clients = model && clientsOf(model.name);
    return makeReadOperations((clients ?? noModel(window.endpoint)).reading.cloudWatch)(window);
  };
}

function noModel(name: string): never {
  throw new Fault('unknown-model', `The configuration has no model for ${name}, so there is no account to look at.`);
}
