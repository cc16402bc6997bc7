import type { ShadowTest } from '../../shadow/shadow-test.ts';
import type { AlarmShown, EndpointShown, ModelShown, ReportRead, VersionFacts } from '../aws-facts.ts';
import type { LiveEndpoint } from '../checks/endpoint-checks.ts';
import type { ApprovalNeed, ChangeKind } from '../plan.ts';
import type { ChangePolicy } from '../policy.ts';
import type { TargetNow } from '../rollback-target.ts';
import type { GoodConfig } from '../served.ts';

/** What serves now: the endpoint with its config, the model behind its variant, and the version that it is. */
export type ServingNow = LiveEndpoint & {
  readonly model?: ModelShown | undefined;
  /** The version, when it is one of the package group. */
  readonly version?: number | undefined;
};

/** A report as it was read, or why there is none. */
export type ReportFacts = { readonly version: number; readonly read: ReportRead };

/** Everything that a plan is made from, read at one moment. What a kind of change does not need is absent. */
export type PlanFacts = {
  readonly kind: ChangeKind;
  readonly policy: ChangePolicy;
  readonly serving?: ServingNow | undefined;
  readonly candidate?: VersionFacts | undefined;
  readonly report?: ReportFacts | undefined;
  readonly servingReport?: ReportFacts | undefined;
  readonly alarms: readonly AlarmShown[];
  /** The open shadow test of the model. */
  readonly test?: ShadowTest | undefined;
  /** True when the config that a stop of the test goes back to was deleted. */
  readonly plainConfigIsGone?: boolean | undefined;
  readonly wayBack?: { readonly to: GoodConfig; readonly now: TargetNow } | undefined;
  readonly approvals: readonly ApprovalNeed[];
};

/** Which change the plan is of. The same order over the same facts gives the same plan. */
export type PlanOrder = { readonly id: string; readonly plannedAt: number };

/** True while the endpoint serves the config of our shadow test, so that a stop has something to stop. */
export function shadowServes(facts: PlanFacts): boolean {
  return facts.test !== undefined && facts.serving?.config.name === facts.test.shadowConfig;
}

/** Live instances of the production variant, as the endpoint shows them. */
export function fleetOf(shown: EndpointShown): number {
  return shown.variants.reduce((sum, variant) => sum + variant.instances, 0);
}
