import { findOpenTest, readServing } from '../changes/acts/read-plan-facts.ts';
import type { AwsReads } from '../changes/aws-facts.ts';
import { type Change, Changes } from '../changes/change.ts';
import { productionVariants } from '../changes/config-members.ts';
import type { Serving } from '../changes/plan.ts';
import type { ServingNow } from '../changes/plans/plan-facts.ts';
import { fleetOf } from '../changes/plans/plan-facts.ts';
import type { ChangePolicy } from '../changes/policy.ts';
import type { Incident } from '../incidents/incident.ts';
import { Incidents } from '../incidents/incident.ts';
import { Fault } from '../kernel/fault.ts';
import type { ModelStatus, VersionRow } from '../status/status.ts';
import type { Ground } from './ground.ts';

type Reads = {
  readonly readsOf: (model: string) => AwsReads;
  readonly policyOf: (model: string) => ChangePolicy | undefined;
};

const changesLookedAt = 30;

/** What people and cards ask about a model: what serves, what changed last, which versions there are. */
export function makeStatusReads({ store, clocks }: Ground, { readsOf, policyOf }: Reads) {
  const getPolicy = (model: string): ChangePolicy => {
    const policy = policyOf(model);
    if (!policy) throw new Fault('unknown-model', `There is no model ${model} in the configuration`);
    return policy;
  };
  const serving = async (model: string): Promise<ServingNow | undefined> => {
    const read = await readServing(readsOf(model), getPolicy(model));
    return read.ok ? read.value : undefined;
  };
  const lastSucceeded = async (model: string): Promise<Change | undefined> => {
    const newest = await store.listGroup(Changes, model, changesLookedAt);
    return newest
      .map((each) => each.value)
      .find((change) => change.state.kind === 'succeeded' && movesVersions(change));
  };

  return {
    servingOf: async (model: string): Promise<Incident['serving']> => {
      const [now, last] = await Promise.all([serving(model), lastSucceeded(model)]);
      const shown = now && servingWords(now);
      if (!shown || shown.version === undefined) return undefined;
      const since = last?.state.kind === 'succeeded' ? { since: last.state.endedAt } : {};
      return { version: shown.version, instances: shown.instances, instanceType: shown.instanceType, ...since };
    },
    lastChangeOf: async (model: string): Promise<Incident['lastChange']> => {
      const last = await lastSucceeded(model);
      if (last?.state.kind !== 'succeeded') return undefined;
      const from = last.plan.from?.version;
      return {
        id: last.id,
        to: last.plan.target.version,
        by: last.requestedBy.name,
        at: last.state.endedAt,
        ...(from === undefined ? {} : { from }),
      };
    },
    status: async (model: string): Promise<ModelStatus> => {
      const [now, last, test, incidents, waiting] = await Promise.all([
        serving(model),
        lastSucceeded(model),
        findOpenTest({ listOpen: store.listOpen, find: store.find }, model),
        store.listOpen(Incidents, model),
        store.listOpen(Changes),
      ]);
      return {
        model,
        endpoint: getPolicy(model).endpoint,
        status: now?.shown.status ?? 'not there yet',
        serving: now && servingWords(now),
        lastChange: last,
        shadowTest: test?.value,
        openIncidents: incidents.map((each) => each.value),
        openChanges: waiting.map((each) => each.value).filter((change) => change.model === model),
        lookedAt: clocks.domain(),
      };
    },
    versions: async (model: string): Promise<readonly VersionRow[]> => {
      const [versions, now] = await Promise.all([
        readsOf(model).listVersions(getPolicy(model).packageGroup),
        serving(model),
      ]);
      return versions
        .map(({ version, approval, status }) => ({ version, approval, status, serving: version === now?.version }))
        .sort((a, b) => b.version - a.version);
    },
  };
}

function movesVersions({ plan }: Change): boolean {
  return plan.kind === 'deploy' || plan.kind === 'promotion' || plan.kind === 'rollback';
}

function servingWords(now: ServingNow): Serving {
  const [variant] = productionVariants(now.config);
  return {
    configName: now.shown.configName,
    variant: variant?.name ?? '',
    instances: fleetOf(now.shown),
    instanceType: variant?.instanceType ?? 'serverless',
    ...(variant?.modelName === undefined ? {} : { modelName: variant.modelName }),
    ...(now.version === undefined ? {} : { version: now.version }),
  };
}
