import type { Person } from '../../access/person.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { type Put, put, type Versioned } from '../../ledger/kind.ts';
import { Intents } from '../../runner/intent.ts';
import { stoppingShadowTest } from '../../shadow/shadow-plan.ts';
import { ShadowTests } from '../../shadow/shadow-test.ts';
import { type Change, type EndpointLock, EndpointLocks } from '../change.ts';
import { type Line, lineOf, named } from '../change-entry.ts';
import { started, voided } from '../change-life.ts';
import type { Plan } from '../plan.ts';
import { exchangedSince, whatChanged } from '../plan-digest.ts';
import { makePlan } from '../plans/make-plan.ts';
import type { ChangeRefusal } from '../refusal.ts';
import { refusalWords } from '../refusal-words.ts';
import { stepIntent } from '../step-intent.ts';
import type { ChangeDeps } from './change-deps.ts';
import { busyWith, readLock } from './endpoint-lock.ts';
import { readPlanFacts } from './read-plan-facts.ts';
import { writeChange } from './write.ts';

/** Who pressed last, and what the trail says before "started". */
export type Starting = {
  readonly by: Person;
  readonly requestId: string;
  /** The change as it was read, for its version. */
  readonly read: Versioned<Change>;
  /** The change as it will start from: with its last vote. */
  readonly change: Change;
  readonly before: readonly Line[];
};

/**
 * Checks everything once more, then writes the start in one transaction: running, the endpoint's lock, the first intent.
 * Undefined: somebody was first. A plan that would no longer be the same is void.
 */
export async function startChange(
  deps: ChangeDeps,
  starting: Starting,
): Promise<Result<Change, ChangeRefusal> | undefined> {
  const { change, by, requestId } = starting;
  const policy = deps.policyOf(change.model);
  if (!policy) return refuse({ kind: 'unknown-model', model: change.model, known: deps.models() });
  const lock = await readLock(deps, policy);
  if (lock.value.holder) return refuse(busyWith(policy, lock.value.holder));
  const again = await planAgain(deps, change);
  if (!again.ok) return again.refusal.kind === 'plan-changed' ? await makeVoid(deps, starting, again.refusal) : again;

  const running = started(change, deps.clocks.domain(), again.value);
  const puts = await startPuts(deps, running, lock);
  const sentence = `${named(change)} started.`;
  const line = lineOf(running, { act: 'change.started', sentence, by, requestId });
  const written = await writeChange(deps, {
    change: running,
    expected: starting.read.version,
    lines: [...starting.before, line],
    puts,
  });
  return written ? accept(running) : undefined;
}

/** The same plan from the facts of this moment, or why it is no longer the same. A check that fails now may pass later. */
async function planAgain(deps: ChangeDeps, { id, plan }: Change): Promise<Result<Plan, ChangeRefusal>> {
  const { kind, model, approvals } = plan;
  const facts = await readPlanFacts(deps, { kind, model, version: plan.target.version, approvals });
  // An exchanged artefact fails a check too, but it is not for a later yes: what was agreed to is gone.
  const exchanged = facts.ok && facts.value.candidate && exchangedSince(plan, facts.value.candidate.images);
  if (exchanged) return refuse({ kind: 'plan-changed', id, ...exchanged });
  const again = facts.ok ? makePlan(facts.value, { id, plannedAt: plan.plannedAt }) : facts;
  if (!again.ok) {
    if (again.refusal.kind === 'preflight') return again;
    return refuse({
      kind: 'plan-changed',
      id,
      what: 'what can be done',
      was: 'possible',
      is: refusalWords(again.refusal),
    });
  }
  const changed = whatChanged(plan, again.value);
  return changed ? refuse({ kind: 'plan-changed', id, ...changed }) : again;
}

async function makeVoid(
  deps: ChangeDeps,
  { read, change, by, requestId }: Starting,
  refusal: Extract<ChangeRefusal, { kind: 'plan-changed' }>,
): Promise<Result<Change, ChangeRefusal> | undefined> {
  const reason = `${refusal.what} changed since it was planned: ${refusal.was} → ${refusal.is}`;
  const sentence = `The ${named(change)} is void: ${reason}. Nothing was sent to AWS.`;
  const facts = { what: refusal.what, was: refusal.was, is: refusal.is };
  const line = lineOf(change, { act: 'change.voided', sentence, by, requestId, outcome: 'refused', facts });
  const gone = voided(read.value, deps.clocks.domain(), reason);
  const isPrivate = read.value.state.kind === 'planned';
  const written = await writeChange(deps, { change: gone, expected: read.version, lines: [line], isPrivate });
  return written ? refuse(refusal) : undefined;
}

/** Whoever takes the lock between our look and our write wins: it is written at the version at which it was seen free. */
async function startPuts(deps: ChangeDeps, running: Change, lock: Versioned<EndpointLock>): Promise<readonly Put[]> {
  const { id, requestedBy } = running;
  const held: EndpointLock = { ...lock.value, holder: { change: id, since: deps.clocks.domain(), by: requestedBy } };
  const test = await stoppingTest(deps, running);
  const first = stepIntent(running, 0);
  return [put(EndpointLocks, held, lock.version), ...(test ? [test] : []), ...(first ? [put(Intents, first, 0)] : [])];
}

async function stoppingTest(deps: ChangeDeps, { id, plan }: Change): Promise<Put | undefined> {
  if (plan.stopsShadowTest === undefined) return undefined;
  const test = await deps.find(ShadowTests, plan.stopsShadowTest);
  return test && put(ShadowTests, stoppingShadowTest(test.value, id), test.version);
}
