import type { Change } from '../changes/change.ts';
import type { Serving } from '../changes/plan.ts';
import type { Incident } from '../incidents/incident.ts';
import type { ShadowTest } from '../shadow/shadow-test.ts';

/** What serves behind a model's endpoint, and what hangs on it. */
export type ModelStatus = {
  readonly model: string;
  readonly endpoint: string;
  readonly status: string;
  readonly serving: Serving | undefined;
  readonly lastChange: Change | undefined;
  readonly shadowTest: ShadowTest | undefined;
  readonly openIncidents: readonly Incident[];
  readonly openChanges: readonly Change[];
  readonly lookedAt: number;
};

export type VersionRow = {
  readonly version: number;
  /** `approved`, `pending` or `rejected` in the registry. */
  readonly approval: string;
  /** Whether its registration was completed. */
  readonly status: string;
  readonly serving: boolean;
};
