import { actId } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import { put, type Versioned } from '../../ledger/kind.ts';
import { closedShadowTest, stopDueAt, stopTried, toldBy } from '../../shadow/shadow-plan.ts';
import { type ShadowTest, ShadowTests } from '../../shadow/shadow-test.ts';
import type { EndpointShown } from '../aws-facts.ts';
import type { Change } from '../change.ts';
import { botPerson, entriesOf } from '../change-entry.ts';
import type { ChangeRefusal } from '../refusal.ts';
import type { ChangeDeps } from './change-deps.ts';
import { makeAskForApproval } from './decide-change.ts';
import { readLock } from './endpoint-lock.ts';
import { makePlanChange } from './plan-change.ts';

/** What became of a shadow test that was looked after. */
export type Tended =
  | { readonly kind: 'left-alone'; readonly test: string; readonly fault?: Error }
  | { readonly kind: 'closed'; readonly test: string }
  | { readonly kind: 'stopping'; readonly test: string; readonly outcome: Result<Change, ChangeRefusal> };

/** How often AWS is asked about one test, in wall time, by all replicas together. */
const lookEveryMs = 60_000;

/** Ends tests whose time is up, and closes those whose endpoint somebody has changed from outside. */
export function makeTendShadowTests(deps: ChangeDeps) {
  const planChange = makePlanChange(deps);
  const askForApproval = makeAskForApproval(deps);

  /** Answers those tests that were looked at in this turn. */
  return async function tendShadowTests(): Promise<readonly Tended[]> {
    const tended: (Tended | undefined)[] = [];
    for (const { value } of await deps.listOpen(ShadowTests)) tended.push(await tendOrLeave(value.id));
    return tended.filter((each) => each !== undefined);
  };

  /** Trouble with one test is told and leaves the others alone. */
  async function tendOrLeave(id: string): Promise<Tended | undefined> {
    try {
      const test = await deps.find(ShadowTests, id);
      return test?.value.state.kind === 'running' ? await tend(test) : undefined;
    } catch (error) {
      return { kind: 'left-alone', test: id, fault: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  async function tend(test: Versioned<ShadowTest>): Promise<Tended | undefined> {
    const { id, model, endpoint } = test.value;
    const policy = deps.policyOf(model);
    if (!policy || (await readLock(deps, policy)).value.holder) return undefined;
    const isDue = deps.clocks.domain() >= stopDueAt(test.value);
    // Turns of their own: an end that has come does not wait for the pace of looking.
    if (!(await deps.takeTurn(`shadow-${isDue ? 'end' : 'look'}:${id}`, lookEveryMs))) return undefined;
    const shown = await deps.readsOf(model).readEndpoint(endpoint);
    const outside = changedOutside(test.value, shown);
    if (outside !== undefined) return await close(test, outside);
    // An endpoint that is being worked on is looked at again later, rather than refused.
    if (!isDue || shown?.status !== 'in-service') return { kind: 'left-alone', test: id };
    return await stop(test);
  }

  /** The try is written down before it is made, so a crash or another replica makes it later and not twice. */
  async function stop(read: Versioned<ShadowTest>): Promise<Tended> {
    const { id, model, channel } = read.value;
    const tried = stopTried(read.value, deps.clocks.domain());
    if (!(await keep(tried, read.version))) return { kind: 'left-alone', test: id };
    const requestId = deps.newId();
    const isQuiet = tried.lastStop?.change !== undefined;
    const outcome = await planChange({ kind: 'shadow-stop', model, by: botPerson, channel, requestId, isQuiet });
    if (!outcome.ok) return { kind: 'stopping', test: id, outcome };
    const change = outcome.value.id;
    if (!isQuiet) await keep(toldBy(tried, change), read.version + 1);
    return { kind: 'stopping', test: id, outcome: await askForApproval({ id: change, by: botPerson, requestId }) };
  }

  async function keep(test: ShadowTest, expected: number): Promise<boolean> {
    const puts = [put(ShadowTests, test, expected)];
    return (await deps.commit({ id: actId(deps.newId()), puts, entries: [], cards: [] })).ok;
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

function changedOutside({ shadowConfig }: ShadowTest, shown: EndpointShown | undefined): string | undefined {
  if (!shown) return 'the endpoint is gone';
  const isAnother = shown.status === 'in-service' && shown.configName !== shadowConfig;
  return isAnother ? `the endpoint serves ${shown.configName}` : undefined;
}
