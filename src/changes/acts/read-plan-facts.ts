import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Versioned } from '../../ledger/kind.ts';
import { type ShadowTest, ShadowTests } from '../../shadow/shadow-test.ts';
import type { AwsReads, EndpointShown, VersionFacts } from '../aws-facts.ts';
import { chooseVersion } from '../choose-version.ts';
import { productionVariants } from '../config-members.ts';
import type { ApprovalNeed, ChangeKind } from '../plan.ts';
import type { PlanFacts, ReportFacts, ServingNow } from '../plans/plan-facts.ts';
import { type ChangePolicy, endpointKey } from '../policy.ts';
import type { ChangeRefusal } from '../refusal.ts';
import { rollbackTarget } from '../rollback-target.ts';
import { type GoodConfig, ServedConfigs } from '../served.ts';
import type { ChangeDeps } from './change-deps.ts';

/** What somebody wants planned. `approvals` are given when a plan is made again: who may approve was settled then. */
export type PlanWish = {
  readonly kind: ChangeKind;
  readonly model: string;
  readonly version?: number | undefined;
  readonly approvals?: readonly ApprovalNeed[];
};

/** Reads everything that a plan of this kind is made from, or finds out that there can be none. */
export async function readPlanFacts(deps: ChangeDeps, wish: PlanWish): Promise<Result<PlanFacts, ChangeRefusal>> {
  const policy = deps.policyOf(wish.model);
  if (!policy) return refuse({ kind: 'unknown-model', model: wish.model, known: deps.models() });
  const reads = deps.readsOf(wish.model);
  const test = await findOpenTest(deps, wish.model);
  const serving = await readServing(reads, policy);
  if (!serving.ok) return serving;
  const base: PlanFacts = {
    kind: wish.kind,
    policy,
    serving: serving.value,
    test: test?.value,
    plainConfigIsGone: test !== undefined && (await reads.readConfig(test.value.plainConfig)) === undefined,
    alarms: [],
    approvals: wish.approvals ?? (await readApprovals(deps, wish.kind, policy)),
  };
  if (wish.kind === 'rollback') return await withWayBack(deps, base, wish.version);
  if (wish.kind === 'shadow-stop') return accept(base);
  return await withCandidate(reads, base, wish.version);
}

/** The open shadow test of a model. The list may lag by a moment, so what it names is read again. */
export async function findOpenTest(
  deps: Pick<ChangeDeps, 'find' | 'listOpen'>,
  model: string,
): Promise<Versioned<ShadowTest> | undefined> {
  for (const { value } of await deps.listOpen(ShadowTests, model)) {
    const test = await deps.find(ShadowTests, value.id);
    if (test && test.value.state.kind !== 'closed') return test;
  }
  return undefined;
}

/** Deploys and promotions need other people; a way back and a test that answers nobody do not. */
async function readApprovals(
  deps: ChangeDeps,
  kind: ChangeKind,
  policy: ChangePolicy,
): Promise<readonly ApprovalNeed[]> {
  if (kind !== 'deploy' && kind !== 'promotion') return [];
  const needs = policy.approval.all.map(async ({ group, count }) => ({
    group,
    count,
    members: [...(await deps.membersOf(group))],
  }));
  return await Promise.all(needs);
}

export async function readServing(
  reads: AwsReads,
  policy: ChangePolicy,
): Promise<Result<ServingNow | undefined, ChangeRefusal>> {
  const shown = await reads.readEndpoint(policy.endpoint);
  if (!shown) return accept(undefined);
  const config = await reads.readConfig(shown.configName);
  if (!config) return refuse(configGone(shown, policy));
  const [variant] = productionVariants(config);
  const model = variant?.modelName === undefined ? undefined : await reads.readModel(variant.modelName);
  const version = versionIn(policy.packageGroup, model?.packageArn);
  return accept({ shown, config, model, version });
}

/** SageMaker reads the serving config again at every update, and cannot without it. */
function configGone(shown: EndpointShown, policy: ChangePolicy): ChangeRefusal {
  const sentence = `Endpoint config ${shown.configName}, which serves, was deleted; SageMaker cannot update from it.`;
  const fix = `Make an endpoint config of that name again with what the endpoint runs.`;
  const finding = { level: 'stop' as const, check: 'serving config exists', sentence, fix };
  return { kind: 'preflight', model: policy.model, findings: [finding], checks: 1 };
}

/** `arn:…:model-package/<group>/<version>`; a package of another group is no version of this model. */
export function versionIn(group: string, packageArn: string | undefined): number | undefined {
  const match = /:model-package\/([^/]+)\/(\d+)$/.exec(packageArn ?? '');
  return match?.[1]?.toLowerCase() === group.toLowerCase() ? Number(match[2]) : undefined;
}

async function withWayBack(
  deps: ChangeDeps,
  base: PlanFacts,
  version: number | undefined,
): Promise<Result<PlanFacts, ChangeRefusal>> {
  const { policy, serving } = base;
  if (!serving) return accept(base);
  const reads = deps.readsOf(policy.model);
  const served = await deps.find(ServedConfigs, endpointKey(policy));
  const target = rollbackTarget(served?.value, plainName(serving, base.test), version);
  if (!target.ok) return refuse({ kind: 'no-way-back', model: policy.model, because: target.refusal });
  return accept({ ...base, wayBack: { to: target.value, now: await targetNow(reads, target.value) } });
}

/** A shadow config stands for the plain one that it was made from. */
function plainName(serving: ServingNow, test: ShadowTest | undefined): string {
  return test?.shadowConfig === serving.config.name ? test.plainConfig : serving.config.name;
}

async function targetNow(reads: AwsReads, target: GoodConfig) {
  const [config, model] = await Promise.all([
    reads.readConfig(target.configName),
    target.modelName === undefined ? undefined : reads.readModel(target.modelName),
  ]);
  return { config: config !== undefined, model: model !== undefined, images: model?.images ?? [] };
}

async function withCandidate(
  reads: AwsReads,
  base: PlanFacts,
  wanted: number | undefined,
): Promise<Result<PlanFacts, ChangeRefusal>> {
  const { kind, policy, serving, test } = base;
  const versions = await reads.listVersions(policy.packageGroup);
  const shadowed = test?.candidateVersion;
  const chosen = chooseVersion({ kind, model: policy.model, wanted, versions, serving: serving?.version, shadowed });
  if (!chosen.ok) return chosen;
  const candidate = await reads.readVersion(chosen.value.packageArn);
  if (!candidate) {
    return refuse({ kind: 'unknown-version', model: policy.model, wanted: String(chosen.value.version), known: [] });
  }
  if (kind === 'shadow-start') return accept({ ...base, candidate });
  const [alarms, reports] = await Promise.all([
    serving && policy.rollout.alarms.length > 0 ? reads.readAlarms(policy.rollout.alarms) : [],
    readReports(reads, candidate, serving),
  ]);
  return accept({ ...base, candidate, alarms, ...reports });
}

async function readReports(reads: AwsReads, candidate: VersionFacts, serving: ServingNow | undefined) {
  const report = await readReport(reads, candidate);
  if (serving?.version === undefined || serving.model?.packageArn === undefined) return { report };
  const rival = await reads.readVersion(serving.model.packageArn);
  const servingReport = rival ? await readReport(reads, rival) : undefined;
  return { report, servingReport: servingReport ?? noReport(serving.version) };
}

async function readReport(reads: AwsReads, { version, report }: VersionFacts): Promise<ReportFacts> {
  return report ? { version, read: await reads.readReport(report) } : noReport(version);
}

function noReport(version: number): ReportFacts {
  return { version, read: { kind: 'unreadable', because: 'no evaluation report is registered with it' } };
}
