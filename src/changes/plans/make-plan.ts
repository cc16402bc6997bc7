import type { Result } from '../../kernel/result.ts';
import type { ChangeKind, Plan } from '../plan.ts';
import type { ChangeRefusal } from '../refusal.ts';
import type { PlanFacts, PlanOrder } from './plan-facts.ts';
import { planRelease } from './plan-release.ts';
import { planRollback } from './plan-rollback.ts';
import { planShadowStart } from './plan-shadow-start.ts';
import { planShadowStop } from './plan-shadow-stop.ts';

type MakePlan = (facts: PlanFacts, order: PlanOrder) => Result<Plan, ChangeRefusal>;

const plans: Readonly<Record<ChangeKind, MakePlan>> = {
  deploy: planRelease,
  promotion: planRelease,
  rollback: planRollback,
  'shadow-start': planShadowStart,
  'shadow-stop': planShadowStop,
};

/** The plan of a change, or why there is none. Pure: the same facts and order give the same digest. */
export function makePlan(facts: PlanFacts, order: PlanOrder): Result<Plan, ChangeRefusal> {
  return plans[facts.kind](facts, order);
}
