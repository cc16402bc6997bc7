import { type Result, refuse } from '../../kernel/result.ts';
import type { Checked } from '../checks/checked.ts';
import { endpointChecks, plainConfigExists, shadowStopsFirst } from '../checks/endpoint-checks.ts';
import type { Plan, Step } from '../plan.ts';
import type { ChangeRefusal } from '../refusal.ts';
import { switchAtOnce } from '../rollout.ts';
import { switchConfigStep } from '../steps/endpoint-steps.ts';
import { finishPlan } from './finish-plan.ts';
import { type PlanFacts, type PlanOrder, shadowServes } from './plan-facts.ts';

/** The candidate goes, production stays as it is. */
export function planShadowStop(facts: PlanFacts, order: PlanOrder): Result<Plan, ChangeRefusal> {
  const { policy, serving, test } = facts;
  if (!serving) return refuse({ kind: 'nothing-serves', model: policy.model, change: facts.kind });
  if (!test || !shadowServes(facts)) return refuse({ kind: 'no-shadow', model: policy.model });
  const { model } = serving;
  return finishPlan(facts, order, {
    target: {
      version: test.productionVersion,
      packageArn: model?.packageArn ?? '',
      configName: test.plainConfig,
      ...(model ? { modelName: model.name } : {}),
      images: [...(model?.images ?? [])],
    },
    steps: stopShadowFirst(facts),
    rollout: switchAtOnce(),
    evidence: { kind: 'not-needed', because: 'Ending a shadow test changes nothing for callers.' },
    checked: [...endpointChecks(serving, policy, facts), plainConfigExists(test, facts.plainConfigIsGone === true)],
  });
}

/** The step that takes a running shadow down, so that an endpoint never changes under a test. */
export function stopShadowFirst(facts: PlanFacts): Step[] {
  const { test, policy } = facts;
  if (!test || !shadowServes(facts)) return [];
  return [
    switchConfigStep(
      policy.endpoint,
      test.plainConfig,
      `stop shadow test ${test.id} of version ${test.candidateVersion}`,
    ),
  ];
}

/** The line in the plan that says so. */
export function stoppedFirst(facts: PlanFacts): readonly Checked[] {
  if (!facts.test || !shadowServes(facts)) return [];
  return [shadowStopsFirst(facts.test), plainConfigExists(facts.test, facts.plainConfigIsGone === true)];
}
