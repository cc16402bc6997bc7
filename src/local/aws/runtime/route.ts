import type { Dice } from '../kit/dice.ts';
import type { Fleet, ServedVariant } from '../sagemaker/fleet.ts';
import type { ServingFleet } from '../sagemaker/open-sagemaker.ts';

/** Where one request goes. */
export type Route = { readonly fleet: Fleet; readonly variant: ServedVariant };

/** Picks the fleet by its share of the traffic, then the variant by its weight; undefined when no fleet has the target. */
export function routeRequest(serving: readonly ServingFleet[], dice: Dice, target?: string): Route | undefined {
  const able = serving.filter(
    ({ fleet }) => target === undefined || fleet.production.some(({ name }) => name === target),
  );
  const chosen = weighted(able, ({ share }) => share, dice());
  if (!chosen) return undefined;
  const named = chosen.fleet.production.filter(({ name }) => name === target);
  const variant = named[0] ?? weighted(chosen.fleet.production, ({ weight }) => weight, dice());
  return variant && { fleet: chosen.fleet, variant };
}

/** How much of the production variant's traffic a shadow sees: its weight relative to production's, at most all. */
export function shadowShare({ variant }: Route, shadow: ServedVariant): number {
  return variant.weight === 0 ? 0 : Math.min(1, shadow.weight / variant.weight);
}

/** `draw` is in [0, 1). */
function weighted<T>(items: readonly T[], weightOf: (item: T) => number, draw: number): T | undefined {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0);
  let passed = 0;
  for (const item of items) {
    passed += weightOf(item);
    if (draw * total < passed) return item;
  }
  return items.at(-1);
}
