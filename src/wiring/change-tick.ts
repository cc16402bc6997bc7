import type { ChangeActs } from '../changes/acts/change-acts.ts';
import type { Tended } from '../changes/acts/tend-shadow-tests.ts';
import { refusalWords } from '../changes/refusal-words.ts';
import { Fault } from '../kernel/fault.ts';
import type { Ran } from '../runner/acts/run-open-intents.ts';
import type { Log } from './log.ts';

/** A tick that never ends would starve the heartbeat; what is left is taken up by the next one. */
const roundsMost = 12;

type Parts = Pick<ChangeActs, 'advanceRunning' | 'expirePlans' | 'tendShadowTests'> & {
  readonly runOpenIntents: () => Promise<readonly Ran[]>;
  readonly log: Pick<Log, 'warn' | 'error'>;
};

/** One look at everything that is under way. No part of it, and no item of a part, keeps the others from their turn. */
export function makeChangeTick({ log, ...parts }: Parts) {
  const tell = (id: string, came: unknown): void => {
    if (came instanceof Fault) log.warn({ id, error: came }, 'a change waits for AWS');
    else if (came instanceof Error) log.error({ id, error: came }, 'something is wrong with a change');
  };

  async function partOf<T>(part: string, work: () => Promise<readonly T[]>): Promise<readonly T[]> {
    try {
      return await work();
    } catch (error) {
      log.error({ part, error }, 'a part of the changes waits for the next beat');
      return [];
    }
  }

  /** True when something moved, so that another round may find more to do. */
  async function round(): Promise<boolean> {
    const ran = await partOf('calls to AWS', parts.runOpenIntents);
    const advanced = await partOf('running changes', parts.advanceRunning);
    for (const { id, run } of ran) {
      tell(id, run);
      const because = !(run instanceof Error) && run.kind === 'again' ? run.because : undefined;
      if (because !== undefined) log.warn({ id, because }, 'a call to AWS waits');
    }
    for (const { id, advance } of advanced) tell(id, advance);
    return (
      ran.some(({ run }) => !(run instanceof Error) && run.kind === 'settled') ||
      advanced.some(({ advance }) => advance === 'moved' || advance === 'ended')
    );
  }

  return async function tick(): Promise<void> {
    for (let rounds = 0; rounds < roundsMost; rounds += 1) if (!(await round())) break;
    await partOf('plans that expire', parts.expirePlans);
    for (const tended of await partOf('shadow tests', parts.tendShadowTests)) {
      if (tended.kind === 'left-alone') tell(tended.test, tended.fault);
      const refused = refusedStop(tended);
      if (refused) log.warn({ id: tended.test, because: refused }, 'a shadow test past its end was not stopped');
    }
  };
}

function refusedStop(tended: Tended): string | undefined {
  return tended.kind === 'stopping' && !tended.outcome.ok ? refusalWords(tended.outcome.refusal) : undefined;
}
