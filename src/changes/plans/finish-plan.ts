import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Checked } from '../checks/checked.ts';
import { summed } from '../checks/checked.ts';
import { productionVariants } from '../config-members.ts';
import type { Evidence, Plan, Rollout, Serving, ShadowPlan, Step } from '../plan.ts';
import { planDigest } from '../plan-digest.ts';
import { endpointKey } from '../policy.ts';
import type { ChangeRefusal } from '../refusal.ts';
import { fleetOf, type PlanFacts, type PlanOrder, type ServingNow, shadowServes } from './plan-facts.ts';

/** What each kind of change adds to a plan. */
export type PlanBody = {
  readonly target: Plan['target'];
  readonly steps: readonly Step[];
  readonly rollout: Rollout;
  readonly evidence: Evidence;
  readonly shadow?: ShadowPlan;
  readonly checked: readonly Checked[];
};

/** The whole plan with its digest, unless a check stops it. */
export function finishPlan(facts: PlanFacts, order: PlanOrder, body: PlanBody): Result<Plan, ChangeRefusal> {
  const { findings, checks } = summed(body.checked);
  const { policy } = facts;
  if (findings.some(({ level }) => level === 'stop')) {
    return refuse({ kind: 'preflight', model: policy.model, findings, checks });
  }
  const plan: Omit<Plan, 'digest'> = {
    model: policy.model,
    kind: facts.kind,
    endpoint: policy.endpoint,
    endpointKey: endpointKey(policy),
    target: body.target,
    ...(facts.serving ? { from: servingOf(facts.serving), fromImages: [...(facts.serving.model?.images ?? [])] } : {}),
    steps: [...body.steps],
    rollout: body.rollout,
    standingAlarms: standingAlarms(facts, body),
    evidence: body.evidence,
    ...(body.shadow ? { shadow: body.shadow } : {}),
    ...(facts.test && shadowServes(facts) ? { stopsShadowTest: facts.test.id } : {}),
    approvals: [...facts.approvals],
    approvers: [...new Set(facts.approvals.flatMap(({ members }) => members ?? []))],
    configFingerprint: policy.configFingerprint,
    findings: [...findings],
    checks,
    plannedAt: order.plannedAt,
  };
  return accept({ ...plan, digest: planDigest(plan) });
}

function servingOf({ shown, config, model, version }: ServingNow): Serving {
  const [variant] = productionVariants(config);
  return {
    configName: config.name,
    ...(model ? { modelName: model.name } : {}),
    ...(version === undefined ? {} : { version }),
    variant: variant?.name ?? '',
    instances: fleetOf(shown),
    instanceType: variant?.instanceType ?? '',
  };
}

function standingAlarms(facts: PlanFacts, body: PlanBody): NonNullable<Plan['standingAlarms']> {
  const watched = facts.alarms.filter(({ name }) => body.rollout.alarms.includes(name));
  return watched.map(({ name, definition }) => ({ name, definition }));
}
