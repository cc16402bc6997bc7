import { type Result, refuse } from '../../kernel/result.ts';
import { type Checked, known, passed } from '../checks/checked.ts';
import { endpointChecks } from '../checks/endpoint-checks.ts';
import type { Plan } from '../plan.ts';
import type { ChangeRefusal } from '../refusal.ts';
import { brokenTarget } from '../rollback-target.ts';
import { switchAtOnce } from '../rollout.ts';
import { switchConfigStep } from '../steps/endpoint-steps.ts';
import { finishPlan } from './finish-plan.ts';
import type { PlanFacts, PlanOrder, ServingNow } from './plan-facts.ts';
import { stoppedFirst, stopShadowFirst } from './plan-shadow-stop.ts';

/** Back to a config that was good here, all traffic at once, nobody asked. */
export function planRollback(facts: PlanFacts, order: PlanOrder): Result<Plan, ChangeRefusal> {
  const { policy, serving, wayBack } = facts;
  if (!serving) return refuse({ kind: 'nothing-serves', model: policy.model, change: facts.kind });
  if (!wayBack) return refuse({ kind: 'no-way-back', model: policy.model, because: 'no older config is known' });
  const { to, now } = wayBack;
  const broken = brokenTarget(to, now);
  if (broken !== undefined) return refuse({ kind: 'no-way-back', model: policy.model, because: broken });
  return finishPlan(facts, order, {
    target: {
      version: to.version,
      packageArn: to.packageArn,
      configName: to.configName,
      ...(to.modelName === undefined ? {} : { modelName: to.modelName }),
      images: to.images,
    },
    steps: [
      ...stopShadowFirst(facts),
      switchConfigStep(policy.endpoint, to.configName, `send all traffic back to version ${to.version}`),
    ],
    rollout: switchAtOnce(),
    evidence: { kind: 'not-needed', because: 'A way back needs none: this config was good here.' },
    checked: [
      ...endpointChecks(serving, policy, facts),
      ...stoppedFirst(facts),
      passed('the way back is whole'),
      foreign(serving),
    ],
  });
}

/** What others put there may be left, but we could not come back to it. */
function foreign({ version, config }: ServingNow): Checked {
  const check = 'what serves is ours';
  if (version !== undefined) return passed(check);
  return known(
    check,
    `${config.name}, which serves, was made by others: there is no way forward to it again from here.`,
  );
}
