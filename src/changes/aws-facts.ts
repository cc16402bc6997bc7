import type { WireInput } from '../runner/wire-input.ts';
import type { RunImage } from './plan.ts';

/** SageMaker's states of an endpoint, in our words. */
export type EndpointStatus =
  | 'creating'
  | 'updating'
  | 'system-updating'
  | 'rolling-back'
  | 'in-service'
  | 'out-of-service'
  | 'deleting'
  | 'failed'
  | 'update-rollback-failed';

/** One variant as it runs: weights and counts are live numbers, not those of the config. */
export type VariantShown = {
  readonly name: string;
  readonly instances: number;
  readonly wantedInstances: number;
  readonly weight: number;
  readonly wantedWeight: number;
  readonly phase?: 'creating' | 'updating' | 'deleting' | 'activating' | 'baking' | undefined;
  readonly phaseSince?: number | undefined;
};

/** What DescribeEndpoint showed. `pending` is the config on its way in; a rolled back endpoint is in service on the old one. */
export type EndpointShown = {
  readonly name: string;
  readonly status: EndpointStatus;
  readonly configName: string;
  readonly variants: readonly VariantShown[];
  readonly shadows: readonly VariantShown[];
  readonly pending?:
    | {
        readonly configName: string;
        readonly startedAt?: number | undefined;
        readonly variants: readonly VariantShown[];
      }
    | undefined;
  readonly failureReason?: string | undefined;
};

/** An endpoint config: every member of CreateEndpointConfig as on the wire, but its name and its tags. */
export type ConfigShown = {
  readonly name: string;
  readonly members: WireInput;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
};

/** One production or shadow variant of a config, as far as plans have to look inside. */
export type ConfigVariant = {
  readonly name: string;
  readonly modelName?: string | undefined;
  readonly instances?: number | undefined;
  readonly instanceType?: string | undefined;
  readonly serverless: boolean;
};

/** A SageMaker model. `packageArn` is the version in the registry that it was made from. */
export type ModelShown = {
  readonly name: string;
  readonly packageArn?: string | undefined;
  readonly images: readonly RunImage[];
  readonly containers: number;
  /** VPC and network isolation, as on the wire, for the next model of the same endpoint. */
  readonly network: WireInput;
};

/** A version in its package group. */
export type VersionShown = {
  readonly version: number;
  readonly packageArn: string;
  readonly status: 'pending' | 'in-progress' | 'completed' | 'failed' | 'deleting';
  readonly approval: 'approved' | 'rejected' | 'pending';
};

/** All of a version that a plan needs. An empty digest or etag means that AWS did not say. */
export type VersionFacts = VersionShown & {
  readonly images: readonly RunImage[];
  readonly instanceTypes: readonly string[];
  readonly report?: ReportSource | undefined;
};

/** Where the evaluation report of a version lies, and the digest it was registered with. */
export type ReportSource = { readonly uri: string; readonly sha256?: string | undefined; readonly artefact: string };

export type ReportRead =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly because: string };

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export type AlarmShown = {
  readonly name: string;
  readonly state: AlarmState;
  readonly since?: number | undefined;
  readonly reason?: string | undefined;
  readonly metric?: string | undefined;
  readonly statistic?: string | undefined;
  readonly threshold?: number | undefined;
  /** Period times datapoints to alarm: the shortest breach that it can see. */
  readonly spanMs?: number | undefined;
  readonly missingData?: string | undefined;
  /** What it watches and when it fires, without its state: part of the digest. */
  readonly definition: WireInput;
};

/** When an alarm went into ALARM, from its history. */
export type AlarmFiring = { readonly name: string; readonly at: number; readonly reason?: string | undefined };

/** What plans and the reconciler ask of one model's AWS account. Absent things are undefined; trouble is a Fault. */
export type AwsReads = {
  readonly readEndpoint: (name: string) => Promise<EndpointShown | undefined>;
  readonly readConfig: (name: string) => Promise<ConfigShown | undefined>;
  readonly readModel: (name: string) => Promise<ModelShown | undefined>;
  readonly listVersions: (packageGroup: string) => Promise<readonly VersionShown[]>;
  readonly readVersion: (packageArn: string) => Promise<VersionFacts | undefined>;
  readonly readReport: (source: ReportSource) => Promise<ReportRead>;
  readonly readAlarms: (names: readonly string[]) => Promise<readonly AlarmShown[]>;
  readonly readFirings: (names: readonly string[], since: number) => Promise<readonly AlarmFiring[]>;
};
