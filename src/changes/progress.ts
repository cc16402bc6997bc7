import type { AlarmShown, EndpointShown, VariantShown } from './aws-facts.ts';
import type { Progress } from './change.ts';
import type { Plan } from './plan.ts';

/** What a running change shows of itself, from what the endpoint shows. */
export function progressOf(
  plan: Plan,
  shown: EndpointShown,
  seen: { readonly alarms: readonly AlarmShown[]; readonly at: number },
): Progress {
  const [variant] = shown.pending?.variants ?? [];
  const share = variant ? trafficShare(variant) : 0;
  const bakesUntil = variant && bakeEnd(plan, variant, share);
  return {
    lookedAt: seen.at,
    trafficShare: share,
    phase: phaseOf(variant, share),
    ...(bakesUntil === undefined ? {} : { bakesUntil }),
    alarms: seen.alarms.map(({ name, state }) => ({ name, state })),
  };
}

/** SageMaker shows no shares; the part of the new fleet that takes traffic is the nearest it has to one. */
function trafficShare({ phase, instances, wantedInstances }: VariantShown): number {
  if (phase !== 'baking' && phase !== 'activating') return 0;
  return wantedInstances === 0 ? 0 : Math.min(1, instances / wantedInstances);
}

function phaseOf(variant: VariantShown | undefined, share: number): Progress['phase'] {
  if (!variant) return 'preparing';
  if (variant.phase === 'deleting') return 'finishing';
  if (variant.phase !== 'baking' && variant.phase !== 'activating') return 'creating';
  return share < 1 ? 'canary' : 'all-traffic';
}

function bakeEnd({ rollout }: Plan, variant: VariantShown, share: number): number | undefined {
  if (variant.phase !== 'baking' || variant.phaseSince === undefined) return undefined;
  return variant.phaseSince + (share < 1 || rollout.strategy === 'rolling' ? rollout.bakeMs : rollout.keepOldForMs);
}

/** True when a card drawn from one would read differently from the other; the instant of looking alone is not news. */
export function isNews(was: Progress | undefined, is: Progress): boolean {
  if (!was) return true;
  const { lookedAt: _then, ...before } = was;
  const { lookedAt: _now, ...after } = is;
  return JSON.stringify(before) !== JSON.stringify(after);
}
