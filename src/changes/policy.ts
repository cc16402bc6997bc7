/** How traffic moves to a new version. Shares 0 to 1, times in milliseconds. */
export type RolloutPolicy = {
  readonly strategy: 'all-at-once' | 'canary' | 'linear' | 'rolling';
  readonly sizeShare: number;
  readonly bakeMs: number;
  readonly keepOldForMs: number;
  readonly timeoutMs: number;
  readonly guards: { readonly errorsShare?: number | undefined; readonly p99Ms?: number | undefined };
  /** Standing alarms by name. */
  readonly alarms: readonly string[];
};

/** What has to be shown before a version may serve. */
export type EvidencePolicy = {
  readonly deploy: 'gate' | 'none';
  readonly promote: 'verdict' | 'gate';
  /** Threshold by metric, in the judge's names (`auc`, `logLoss`). Losses and errors are upper limits. */
  readonly gate: Readonly<Record<string, number>>;
  /** How much worse than the serving version is still accepted, by metric; `dppl` is the growth of a facet gap. */
  readonly margins: Readonly<Record<string, number | undefined>>;
  /** Columns whose groups have to be in the report. */
  readonly facets: readonly string[];
  /** A gap between two groups above this is a breach. */
  readonly facetGapLimit: number;
};

/** How new instances run where no config can be copied. */
export type ServingPolicy = {
  readonly variant: string;
  readonly instances: number;
  readonly instanceType: string;
  readonly executionRole: string;
  readonly capture?: { readonly to: string; readonly samplingShare: number } | undefined;
};

export type ShadowPolicy = {
  readonly instances: number;
  readonly instanceType: string;
  readonly samplingShare: number;
  readonly lastsMs: number;
};

/** Everything that changes of one model have to know from the configuration. */
export type ChangePolicy = {
  readonly model: string;
  readonly endpoint: string;
  /** The model’s home channel, where everybody who has to know reads of its changes. */
  readonly channel: string;
  readonly packageGroup: string;
  readonly account: string;
  readonly region: string;
  readonly serving: ServingPolicy;
  readonly rollout: RolloutPolicy;
  readonly evidence: EvidencePolicy;
  readonly approval: {
    readonly all: readonly { readonly group: string; readonly count: number }[];
    readonly expiresMs: number;
  };
  readonly shadow?: ShadowPolicy | undefined;
  /** Digest of the configuration that these values come from. */
  readonly configFingerprint: string;
};

/** `<account>/<region>/<endpoint>`: one endpoint in the whole world. */
export function endpointKey(policy: Pick<ChangePolicy, 'account' | 'region' | 'endpoint'>): string {
  return `${policy.account}/${policy.region}/${policy.endpoint}`;
}
