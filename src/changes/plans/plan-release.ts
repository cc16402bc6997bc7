import { type Result, refuse } from '../../kernel/result.ts';
import type { VersionFacts } from '../aws-facts.ts';
import { standingAlarmChecks } from '../checks/alarm-checks.ts';
import { type Checked, known } from '../checks/checked.ts';
import { endpointChecks } from '../checks/endpoint-checks.ts';
import { rolloutChecks } from '../checks/rollout-checks.ts';
import { versionChecks } from '../checks/version-checks.ts';
import { productionVariants } from '../config-members.ts';
import { changeNames } from '../names.ts';
import type { Plan, Step } from '../plan.ts';
import type { ChangePolicy } from '../policy.ts';
import type { ChangeRefusal } from '../refusal.ts';
import { guardedRollout, longestBakeMs, shortestBakeMs, switchAtOnce } from '../rollout.ts';
import { createEndpointStep, firstConfigStep, nextConfigStep, rollOutStep } from '../steps/endpoint-steps.ts';
import { guardAlarmSteps } from '../steps/guard-alarms.ts';
import { approvePackageStep, createModelStep, type StepSubject } from '../steps/model-steps.ts';
import { evidenceOf } from './evidence-of.ts';
import { finishPlan, type PlanBody } from './finish-plan.ts';
import { fleetOf, type PlanFacts, type PlanOrder, type ServingNow } from './plan-facts.ts';
import { stoppedFirst, stopShadowFirst } from './plan-shadow-stop.ts';

/** A deploy or a promotion: a version into service, guarded where something serves already. */
export function planRelease(facts: PlanFacts, order: PlanOrder): Result<Plan, ChangeRefusal> {
  const { candidate, policy, serving, kind } = facts;
  if (!candidate) return refuse({ kind: 'no-candidate', model: policy.model, change: kind });
  if (!serving && kind === 'promotion') return refuse({ kind: 'nothing-serves', model: policy.model, change: kind });
  const shown = evidenceOf(facts);
  if (!shown.ok) return shown;
  const subject = stepSubject(policy, candidate, order);
  const body = serving ? besideServing(facts, serving, subject) : ontoNothing(policy, subject);
  return finishPlan(facts, order, {
    ...body,
    ...released(candidate, subject),
    evidence: shown.value.evidence,
    checked: [...shown.value.checked, ...versionChecks(candidate, body.instanceType), ...body.checked],
  });
}

/** Names and identity that all steps of a change share. */
export function stepSubject(policy: ChangePolicy, candidate: VersionFacts, order: PlanOrder): StepSubject {
  const { version, packageArn } = candidate;
  const names = changeNames({ model: policy.model, endpoint: policy.endpoint, ...order });
  return { change: order.id, model: policy.model, version, packageArn, names };
}

/** The target of a plan that makes a config of its own. */
export function released(candidate: VersionFacts, { names }: StepSubject): Pick<PlanBody, 'target'> {
  const { version, packageArn, images } = candidate;
  return { target: { version, packageArn, images: [...images], configName: names.config, modelName: names.model } };
}

type Body = Pick<PlanBody, 'steps' | 'rollout' | 'checked'> & { readonly instanceType: string };

/** The first version: nothing serves, so nothing can go wrong for callers, and nothing is there to go back to. */
function ontoNothing(policy: ChangePolicy, subject: StepSubject): Body {
  const steps: Step[] = [
    approvePackageStep(subject),
    createModelStep(subject, policy.serving, {}),
    firstConfigStep(subject, policy.serving),
    createEndpointStep(subject, policy.endpoint),
  ];
  const first = known(
    'first version',
    `Endpoint ${policy.endpoint} does not exist yet; there is nothing to go back to.`,
  );
  const capture = policy.serving.capture
    ? []
    : [
        known(
          'data capture',
          'Requests are not captured, so no shadow test can be judged here.',
          'Write serving.capture.',
        ),
      ];
  return { steps, rollout: switchAtOnce(), checked: [first, ...capture], instanceType: policy.serving.instanceType };
}

function besideServing(facts: PlanFacts, serving: ServingNow, subject: StepSubject): Body {
  const { policy, alarms } = facts;
  const [variant] = productionVariants(serving.config);
  const watched = { endpoint: policy.endpoint, variant: variant?.name ?? policy.serving.variant, subject };
  const guards = guardAlarmSteps(watched, policy.rollout.guards, shortestBakeMs(policy.rollout));
  const watching = [...guards.map(({ input }) => String(input.AlarmName)), ...policy.rollout.alarms];
  const fleet = fleetOf(serving.shown);
  return {
    steps: [
      ...stopShadowFirst(facts),
      approvePackageStep(subject),
      createModelStep(subject, policy.serving, serving.model?.network ?? {}),
      ...guards,
      nextConfigStep(subject, serving.config),
      rollOutStep(policy.endpoint, subject, { policy: policy.rollout, alarms: watching }),
    ],
    rollout: guardedRollout(policy.rollout, watching, subject.names.abortAlarm),
    checked: [
      ...endpointChecks(serving, policy, facts),
      ...stoppedFirst(facts),
      ...rolloutChecks(policy.rollout, fleet),
      ...standingAlarmChecks(policy.rollout.alarms, alarms, longestBakeMs(policy.rollout)),
      bothFleets(fleet, variant?.instanceType ?? ''),
    ],
    instanceType: variant?.instanceType ?? policy.serving.instanceType,
  };
}

/** Blue and green are both paid for, and both count against the quota, until the old fleet is off. */
function bothFleets(fleet: number, instanceType: string): Checked {
  return known('fleet', `${fleet}\u00a0×\u00a0${instanceType}, ${fleet * 2} during the rollout.`);
}
