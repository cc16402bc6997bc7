import { z } from 'zod';
import type { Person } from '../access/person.ts';
import { WireInput } from '../runner/wire-input.ts';
import type { ShadowTest } from './shadow-test.ts';

/** The candidate beside production: how it runs and how much of the traffic it sees, 0 to 1. */
export type ShadowVariant = {
  readonly variant: string;
  readonly modelName: string;
  readonly instances: number;
  readonly instanceType: string;
  readonly samplingShare: number;
};

/** A variant of its own for each version keeps the metrics of two candidates apart. */
export function shadowVariantName(version: number): string {
  return `Shadow-${version}`;
}

/**
 * The members of an endpoint config with a shadow variant added. SageMaker mirrors the shadow's weight divided by the
 * production weight, so production is put to 1 and the shadow's weight is the share itself.
 */
export function withShadow(members: WireInput, shadow: ShadowVariant): WireInput {
  const production = z.array(WireInput).parse(members.ProductionVariants);
  return {
    ...members,
    ProductionVariants: production.map((variant) => ({ ...variant, InitialVariantWeight: 1 })),
    ShadowProductionVariants: [
      {
        VariantName: shadow.variant,
        ModelName: shadow.modelName,
        InstanceType: shadow.instanceType,
        InitialInstanceCount: shadow.instances,
        InitialVariantWeight: shadow.samplingShare,
      },
    ],
  };
}

/** What a shadow start that succeeded leaves behind. */
export type Started = {
  readonly id: string;
  readonly change: { readonly id: string; readonly model: string; readonly channel: string; readonly by: Person };
  readonly endpoint: string;
  readonly productionVariant: string;
  readonly productionVersion: number;
  readonly candidate: { readonly version: number; readonly packageArn: string };
  readonly variant: string;
  readonly plainConfig: string;
  readonly shadowConfig: string;
  readonly samplingShare: number;
  readonly at: number;
  readonly lastsMs: number;
};

/** The test runs from the moment that SageMaker has the shadow in service; its end is set then and there. */
export function openShadowTest(started: Started): ShadowTest {
  return {
    schema: 1,
    id: started.id,
    model: started.change.model,
    channel: started.change.channel,
    endpoint: started.endpoint,
    productionVariant: started.productionVariant,
    shadowVariant: started.variant,
    productionVersion: started.productionVersion,
    candidateVersion: started.candidate.version,
    candidatePackageArn: started.candidate.packageArn,
    plainConfig: started.plainConfig,
    shadowConfig: started.shadowConfig,
    samplingShare: started.samplingShare,
    startedBy: started.change.by,
    startedAt: started.at,
    endsAt: started.at + started.lastsMs,
    startChange: started.change.id,
    state: { kind: 'running', since: started.at },
  };
}

/** A change is taking the shadow down. */
export function stoppingShadowTest(test: ShadowTest, change: string): ShadowTest {
  return { ...test, state: { kind: 'stopping', change } };
}

const minuteMs = 60_000;
/** What an end that was refused or failed waits for before it is tried again; the last one for every later try. */
const stopAgainAfterMs = [1 * minuteMs, 5 * minuteMs, 15 * minuteMs, 60 * minuteMs] as const;

/** The domain instant from which the test should be ended without anybody asking. */
export function stopDueAt({ endsAt, lastStop }: ShadowTest): number {
  if (!lastStop) return endsAt;
  return lastStop.at + (stopAgainAfterMs[lastStop.tries - 1] ?? 60 * minuteMs);
}

/** Its end is about to be tried. Written before it is, so that nobody else tries at the same time. */
export function stopTried(test: ShadowTest, at: number): ShadowTest {
  return { ...test, lastStop: { ...test.lastStop, at, tries: (test.lastStop?.tries ?? 0) + 1 } };
}

/** The first change that tried tells of all tries. */
export function toldBy(test: ShadowTest, change: string): ShadowTest {
  return test.lastStop ? { ...test, lastStop: { ...test.lastStop, change } } : test;
}

/** The shadow is still there: the change that meant to stop it did not get that far. */
export function resumedShadowTest(test: ShadowTest, at: number): ShadowTest {
  return { ...test, state: { kind: 'running', since: at } };
}

/** SageMaker serves the plain config again, so no shadow instance is left. */
export function closedShadowTest(test: ShadowTest, at: number, because: string): ShadowTest {
  return { ...test, state: { kind: 'closed', at, because } };
}
