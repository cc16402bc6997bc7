import { Fault } from '../../kernel/fault.ts';
import { actId } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import { put, type Versioned } from '../../ledger/kind.ts';
import { closedShadowTest } from '../../shadow/shadow-plan.ts';
import { type ShadowTest, ShadowTests } from '../../shadow/shadow-test.ts';
import type { Change } from '../change.ts';
import { botPerson, entriesOf } from '../change-entry.ts';
import type { ChangeRefusal } from '../refusal.ts';
import type { ChangeDeps } from './change-deps.ts';
import { makeAskForApproval } from './decide-change.ts';
import { readLock } from './endpoint-lock.ts';
import { makePlanChange } from './plan-change.ts';

/** What became of a shadow test that was looked after. */
export type Tended =
  | { readonly kind: 'left-alone'; readonly test: string; readonly fault?: Fault }
  | { readonly kind: 'closed'; readonly test: string }
  | { readonly kind: 'stopping'; readonly test: string; readonly outcome: Result<Change, ChangeRefusal> };

/** Ends tests whose time is up, and closes those whose endpoint somebody has changed from outside. */
export function makeTendShadowTests(deps: ChangeDeps) {
  const planChange = makePlanChange(deps);
  const askForApproval = makeAskForApproval(deps);

  return async function tendShadowTests(): Promise<readonly Tended[]> {
    const tended: Tended[] = [];
    for (const { value } of await deps.listOpen(ShadowTests)) {
      const test = await deps.find(ShadowTests, value.id);
      if (test?.value.state.kind === 'running') tended.push(await tendOrLeave(test));
    }
    return tended;
  };

  /** Trouble in one model's account is told and leaves the tests of the others alone. */
  async function tendOrLeave(test: Versioned<ShadowTest>): Promise<Tended> {
    try {
      return await tend(test);
    } catch (error) {
      if (error instanceof Fault) return { kind: 'left-alone', test: test.value.id, fault: error };
      throw error;
    }
  }

  async function tend(test: Versioned<ShadowTest>): Promise<Tended> {
    const { id, model, endpoint, shadowConfig, endsAt } = test.value;
    const policy = deps.policyOf(model);
    if (!policy || (await readLock(deps, policy)).value.holder) return { kind: 'left-alone', test: id };
    const shown = await deps.readsOf(model).readEndpoint(endpoint);
    const isGone = shown === undefined || (shown.status === 'in-service' && shown.configName !== shadowConfig);
    if (isGone) return await close(test, shown ? `the endpoint serves ${shown.configName}` : 'the endpoint is gone');
    // An endpoint that is being worked on is looked at again later, rather than refused at every tick.
    const mayStop = shown?.status === 'in-service' && deps.clocks.domain() >= endsAt;
    if (!mayStop) return { kind: 'left-alone', test: id };
    return { kind: 'stopping', test: id, outcome: await stop(test.value) };
  }

  async function stop(test: ShadowTest): Promise<Result<Change, ChangeRefusal>> {
    const { model, channel } = test;
    const requestId = deps.newId();
    const planned = await planChange({ kind: 'shadow-stop', model, by: botPerson, channel, requestId });
    return planned.ok ? await askForApproval({ id: planned.value.id, by: botPerson, requestId }) : planned;
  }

  async function close(test: Versioned<ShadowTest>, because: string): Promise<Tended> {
    const { id, model, channel } = test.value;
    const closed = closedShadowTest(test.value, deps.clocks.domain(), `changed from outside: ${because}`);
    const line = {
      act: 'shadow-test.closed',
      outcome: 'done' as const,
      sentence: `Shadow test ${id} of ${model} is over: ${because}, which was not done here.`,
      by: botPerson,
      model,
      subject: { kind: 'shadow-test', id },
      requestId: test.value.startChange,
    };
    const written = await deps.commit({
      id: actId(deps.newId()),
      puts: [put(ShadowTests, closed, test.version)],
      entries: entriesOf([line], deps),
      cards: [{ subject: { kind: 'shadow-test', id }, channel }],
    });
    return { kind: written.ok ? 'closed' : 'left-alone', test: id };
  }
}
