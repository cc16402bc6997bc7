import type { Person } from '../../access/person.ts';
import { houseChain } from '../../audit/entry.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Change } from '../change.ts';
import { lineOf, named } from '../change-entry.ts';
import { planned } from '../change-life.ts';
import type { ChangeKind } from '../plan.ts';
import { makePlan } from '../plans/make-plan.ts';
import type { ChangeRefusal } from '../refusal.ts';
import type { ChangeDeps } from './change-deps.ts';
import { busyWith, readLock } from './endpoint-lock.ts';
import { readPlanFacts } from './read-plan-facts.ts';
import { writeChange, writeRefusal } from './write.ts';

/** A wish, as a door hands it over. */
export type Wish = {
  readonly kind: ChangeKind;
  readonly model: string;
  readonly version?: number | undefined;
  readonly by: Person;
  /** Where it was said, for the trail. The card goes to the model’s own channel. */
  readonly channel: string;
  readonly reason?: string | undefined;
  readonly requestId: string;
  /** Another try of what already has a card. */
  readonly isQuiet?: boolean;
};

/** Looks at everything, and keeps a plan of what would be sent. Nothing is sent to AWS. */
export function makePlanChange(deps: ChangeDeps) {
  return async function planChange(wish: Wish): Promise<Result<Change, ChangeRefusal>> {
    const change = await decide(deps, wish);
    if (!change.ok) return await refused(deps, wish, change.refusal);
    const sentence = `${wish.by.name} planned the ${named(change.value)}.`;
    const { by, requestId, channel } = wish;
    const facts = { askedIn: channel };
    const line = lineOf(change.value, { act: 'change.planned', sentence, by, requestId, facts });
    // A change that nobody else can know of yet is overtaken by nobody.
    await writeChange(deps, { change: change.value, expected: 0, lines: [line], isPrivate: true });
    return change;
  };
}

async function decide(deps: ChangeDeps, wish: Wish): Promise<Result<Change, ChangeRefusal>> {
  const policy = deps.policyOf(wish.model);
  if (!policy) return refuse({ kind: 'unknown-model', model: wish.model, known: deps.models() });
  const { holder } = (await readLock(deps, policy)).value;
  if (holder) return refuse(busyWith(policy, holder));
  const facts = await readPlanFacts(deps, wish);
  if (!facts.ok) return facts;
  const at = deps.clocks.domain();
  const id = `C${await deps.nextNumber('change')}`;
  const plan = makePlan(facts.value, { id, plannedAt: at });
  if (!plan.ok) return plan;
  const { model, by, reason, requestId, isQuiet = false } = wish;
  const about = {
    id,
    model,
    channel: policy.channel,
    requestId,
    ...(reason === undefined ? {} : { reason }),
    ...(isQuiet ? { isQuiet } : {}),
  };
  return accept(planned({ ...about, plan: plan.value, requestedBy: by, requestedAt: at }));
}

async function refused(deps: ChangeDeps, wish: Wish, refusal: ChangeRefusal) {
  const { by, requestId, kind, version } = wish;
  // A name that is in no configuration opens no chain of its own.
  const model = deps.policyOf(wish.model) ? wish.model : houseChain;
  const what = `${by.name}’s plan of a ${kind} of ${wish.model}${version === undefined ? '' : ` ${version}`}`;
  const subject = { kind: 'model', id: wish.model };
  return await writeRefusal(deps, { refusal, act: 'change.plan-refused', what, by, model, subject, requestId });
}
