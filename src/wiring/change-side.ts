import { awsRequestId } from '../aws/aws-fault.ts';
import { makeAwsReads } from '../aws/aws-reads.ts';
import type { AwsClients } from '../aws/clients.ts';
import { makeAwsClients } from '../aws/clients.ts';
import { makeAwsOperations } from '../aws/operations/aws-operations.ts';
import { makeReadOperations } from '../aws/read-operations.ts';
import { makeChangeActs } from '../changes/acts/change-acts.ts';
import type { ChangeDeps } from '../changes/acts/change-deps.ts';
import { findOpenTest } from '../changes/acts/read-plan-facts.ts';
import type { Config } from '../config/config.ts';
import { configFingerprint } from '../config/fingerprint.ts';
import { Fault } from '../kernel/fault.ts';
import { makeRunOpenIntents, type Ran } from '../runner/acts/run-open-intents.ts';
import type { Accounts } from '../slack/accounts.ts';
import { awsPlace } from './aws-place.ts';
import type { Ground } from './ground.ts';
import { changePolicy } from './policies.ts';
import { makeStatusReads } from './status-side.ts';

/** A tick that never ends would starve the heartbeat; what is left is taken up by the next one. */
const roundsMost = 12;

/** Everything about changes: planning, deciding, sending to AWS, following to the end. */
export function makeChangeSide(ground: Ground, accounts: Pick<Accounts, 'membersNow'>) {
  const { store, commit, clocks, newId, holder, config, log } = ground;
  const policies = policiesOf(config);
  const clientsOf = makeClientsOf(config);
  const readsOf = (model: string) => makeAwsReads(clientsOf(model));
  const lease = (name: string, ttlMs: number) => store.leases.take(name, holder, Math.min(ttlMs, config.store.leaseMs));
  const deps: ChangeDeps = {
    find: store.find,
    listOpen: store.listOpen,
    commit,
    nextNumber: store.nextNumber,
    lease,
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
    operationsOf: (model) => makeAwsOperations(clientsOf(model)),
    awsRequestId,
  });

  function tellFaults(looks: readonly { readonly id: string; readonly came: unknown }[]): void {
    for (const { id, came } of looks)
      if (came instanceof Fault) log.warn({ id, error: came }, 'a change waits for AWS');
  }

  async function tick(): Promise<void> {
    let moved = true;
    for (let round = 0; moved && round < roundsMost; round += 1) {
      const [ran, advanced] = [await runOpenIntents(), await acts.advanceRunning()];
      tellFaults([
        ...ran.map(({ id, run }) => ({ id, came: run })),
        ...advanced.map(({ id, advance }) => ({ id, came: advance })),
      ]);
      moved =
        ran.some(({ run }) => isSettled(run)) ||
        advanced.some(({ advance }) => advance === 'moved' || advance === 'ended');
    }
    await acts.expirePlans();
    await acts.tendShadowTests();
  }

  return {
    acts: { ...acts, plan: acts.planChange, ask: acts.askForApproval },
    tick,
    operations: makeOperationsOfEndpoint(config, clientsOf),
    shadowOf: async (model: string) => (await findOpenTest(deps, model))?.value,
    ...makeStatusReads(ground, { readsOf, policyOf: deps.policyOf }),
  };
}

export type ChangeSide = ReturnType<typeof makeChangeSide>;

function isSettled(run: Ran['run']): boolean {
  return !(run instanceof Fault) && run.kind === 'settled';
}

function policiesOf(config: Config) {
  const fingerprint = configFingerprint(config);
  return new Map(Object.values(config.models).map((model) => [String(model.name), changePolicy(model, fingerprint)]));
}

/** One set of clients for each account and region. */
function makeClientsOf(config: Config): (model: string) => AwsClients {
  const made = new Map<string, AwsClients>();
  return (name) => {
    const model = config.models[name];
    if (!model) throw new Error(`no model ${name}`);
    const { account, region } = model.aws;
    const key = `${account}/${region}`;
    const clients = made.get(key) ?? makeAwsClients(awsPlace(config, region));
    made.set(key, clients);
    return clients;
  };
}

function makeOperationsOfEndpoint(config: Config, clientsOf: (model: string) => AwsClients) {
  return (window: { endpoint: string; variant: string; from: number; to: number }) => {
    const model = Object.values(config.models).find((each) => each.endpoint === window.endpoint);
    if (!model) throw new Error(`no model with the endpoint ${window.endpoint}`);
    return makeReadOperations(clientsOf(model.name).reading.cloudWatch)(window);
  };
}
