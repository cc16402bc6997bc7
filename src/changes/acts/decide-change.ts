import type { Person } from '../../access/person.ts';
import { houseChain } from '../../audit/entry.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { put, type Versioned } from '../../ledger/kind.ts';
import { Intents } from '../../runner/intent.ts';
import { type Change, Changes } from '../change.ts';
import { lineOf, named } from '../change-entry.ts';
import { aborting, asked, discarded, mayAsk, needsOf, rejected, voted, withdrawn } from '../change-life.ts';
import type { ChangeRefusal } from '../refusal.ts';
import { abortIntent } from '../step-intent.ts';
import type { ChangeDeps } from './change-deps.ts';
import { startChange } from './start-change.ts';
import { untilWritten, writeChange, writeRefusal } from './write.ts';

/** Somebody pressed a button on a change. */
export type Press = { readonly id: string; readonly by: Person; readonly requestId: string };

type Outcome = Promise<Result<Change, ChangeRefusal>>;
type Attempt = (read: Versioned<Change>) => Promise<Result<Change, ChangeRefusal> | undefined>;

/** Asks the people who have to agree; a plan that needs nobody starts at once. */
export function makeAskForApproval(deps: ChangeDeps) {
  return async function askForApproval(press: Press): Outcome {
    return await pressing(deps, { ...press, act: 'change.ask-refused' }, async (read) => {
      const at = deps.clocks.domain();
      const plan = mayAsk(read.value, { by: press.by, at });
      if (!plan.ok) return plan;
      if (plan.value.plan.approvals.length === 0) {
        return await startChange(deps, { ...press, read, change: plan.value, before: [] });
      }
      const policy = deps.policyOf(read.value.model);
      if (!policy) return refuse({ kind: 'unknown-model', model: read.value.model, known: deps.models() });
      const change = asked(plan.value, at, policy.approval.expiresMs);
      const sentence = `${press.by.name} asked for approval of the ${named(change)}.`;
      return await writing(deps, press, { read, change, act: 'change.asked', sentence });
    });
  };
}

/** A yes. The last one needed checks everything again and starts the change in the same write. */
export function makeApprove(deps: ChangeDeps) {
  return async function approve(press: Press): Outcome {
    return await pressing(deps, { ...press, act: 'change.approval-refused' }, async (read) => {
      const membersNow = await readMembers(deps, read.value);
      const vote = voted(read.value, { by: press.by, at: deps.clocks.domain(), membersNow });
      if (!vote.ok) return vote;
      const { change, complete } = vote.value;
      const sentence = `${press.by.name} approved the ${named(change)}.`;
      if (!complete) return await writing(deps, press, { read, change, act: 'change.approved', sentence });
      const line = lineOf(change, { act: 'change.approved', sentence, by: press.by, requestId: press.requestId });
      return await startChange(deps, { ...press, read, change, before: [line] });
    });
  };
}

/** A no, with a reason; one is enough. */
export function makeReject(deps: ChangeDeps) {
  return async function reject(press: Press & { readonly reason: string }): Outcome {
    return await pressing(deps, { ...press, act: 'change.reject-refused' }, async (read) => {
      const change = rejected(read.value, { by: press.by, at: deps.clocks.domain() }, press.reason);
      if (!change.ok) return change;
      const sentence = `${press.by.name} rejected the ${named(change.value)}.`;
      const facts = { reason: press.reason };
      return await writing(deps, press, { read, change: change.value, act: 'change.rejected', sentence, facts });
    });
  };
}

/** Whoever asked takes it back. */
export function makeWithdraw(deps: ChangeDeps) {
  return async function withdraw(press: Press): Outcome {
    return await pressing(deps, { ...press, act: 'change.withdraw-refused' }, async (read) => {
      const change = withdrawn(read.value, { by: press.by, at: deps.clocks.domain() });
      if (!change.ok) return change;
      const sentence = `${press.by.name} withdrew the ${named(change.value)}.`;
      return await writing(deps, press, { read, change: change.value, act: 'change.withdrawn', sentence });
    });
  };
}

/** A plan that nobody was asked about goes into the bin. */
export function makeDiscard(deps: ChangeDeps) {
  return async function discard(press: Press): Outcome {
    return await pressing(deps, { ...press, act: 'change.discard-refused' }, async (read) => {
      const change = discarded(read.value, { by: press.by, at: deps.clocks.domain() });
      if (!change.ok) return change;
      const sentence = `${press.by.name} discarded the plan of the ${named(change.value)}.`;
      return await writing(deps, press, {
        read,
        change: change.value,
        act: 'change.discarded',
        sentence,
        isPrivate: true,
      });
    });
  };
}

/** Trips the abort alarm: SageMaker cannot be told to stop, but it goes back by itself when a listed alarm fires. */
export function makeAbort(deps: ChangeDeps) {
  return async function abort(press: Press): Outcome {
    return await pressing(deps, { ...press, act: 'change.abort-refused' }, async (read) => {
      const change = aborting(read.value, { by: press.by, at: deps.clocks.domain() });
      if (!change.ok) return change;
      const sentence = `${press.by.name} aborted the ${named(change.value)}.`;
      const puts = [put(Intents, abortIntent(change.value, 1), 0)];
      return await writing(deps, press, { read, change: change.value, act: 'change.aborted', sentence, puts });
    });
  };
}

async function readMembers(deps: ChangeDeps, { plan }: Change): Promise<Readonly<Record<string, readonly string[]>>> {
  const groups = needsOf(plan).map(async ({ group }) => [group, await deps.membersOf(group)] as const);
  return Object.fromEntries(await Promise.all(groups));
}

type Told = {
  readonly read: Versioned<Change>;
  readonly change: Change;
  readonly act: string;
  readonly sentence: string;
  readonly facts?: Parameters<typeof lineOf>[1]['facts'];
  readonly puts?: Parameters<typeof writeChange>[1]['puts'];
  readonly isPrivate?: boolean;
};

async function writing(deps: ChangeDeps, { by, requestId }: Press, told: Told) {
  const { read, change, act, sentence, facts = {}, puts = [], isPrivate = false } = told;
  const lines = [lineOf(change, { act, sentence, by, requestId, facts })];
  const written = await writeChange(deps, { change, expected: read.version, lines, puts, isPrivate });
  return written ? accept(change) : undefined;
}

/** Reads, lets `attempt` decide and write, again if somebody was first; a refusal goes into the trail under `act`. */
async function pressing(deps: ChangeDeps, press: Press & { readonly act: string }, attempt: Attempt): Outcome {
  const found = await deps.find(Changes, press.id);
  const outcome = await untilWritten(`${press.id}`, async () => {
    const read = await deps.find(Changes, press.id);
    return read ? await attempt(read) : refuse({ kind: 'unknown-change', id: press.id });
  });
  if (outcome.ok) return outcome;
  const { by, requestId, act } = press;
  const what = `${by.name}’s ${act.replace(/^change\.|-refused$/g, '')} of ${press.id}`;
  const subject = { kind: 'change', id: press.id };
  const model = found?.value.model ?? houseChain;
  return await writeRefusal(deps, { refusal: outcome.refusal, act, what, by, model, subject, requestId });
}
