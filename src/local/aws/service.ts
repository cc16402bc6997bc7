import type { EpochMs, Now } from '../../kernel/time.ts';
import type { DomainClock } from '../clock/domain-clock.ts';

/** One request as it came over the wire, body whole and unzipped. `caller` is the access key id or role session that signed it. */
export type AwsRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly caller: string;
};

export type AwsReply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

/** One AWS service behind the common front door. `operation` names what a request asks for, e.g. `sagemaker:UpdateEndpoint`. */
export type LocalService = {
  readonly name: string;
  readonly takes: (request: AwsRequest) => boolean;
  readonly operation: (request: AwsRequest) => string;
  readonly answer: (request: AwsRequest) => Promise<AwsReply>;
};

/** What every service of the stand-in is given. */
export type AwsGround = {
  readonly clock: DomainClock;
  readonly wall: Now;
  readonly account: string;
  readonly region: string;
  /** `http://127.0.0.1:PORT`, known once the front door listens. */
  readonly baseUrl: () => string;
};

/** An error in AWS's own words; `code` becomes `err.name` in the SDK. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** One measured value on its way into CloudWatch. Dimensions are the full set of one time series. */
export type Measurement = {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  readonly unit: string;
  readonly at: EpochMs;
};
export type Measure = (measurement: Measurement) => void;

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
/** How a deployment reads the alarms it was told to watch; undefined when there is no alarm of that name. */
export type ReadAlarm = (alarmName: string) => { readonly state: AlarmState; readonly since: EpochMs } | undefined;
/** How SageMaker and CloudWatch hand an event or alarm to SNS inside the stand-in. */
export type PublishToTopic = (topicArn: string, message: { readonly subject?: string; readonly body: string }) => void;

/** What runs inside a model's container: loads an artefact once, then answers invocation bodies. */
export type Container = {
  /** True for the image URIs that this container stands for. */
  readonly runs: (image: string) => boolean;
  readonly load: (artefact: Uint8Array) => LoadedModel;
};
export type LoadedModel = {
  /** @throws {Error} when the body cannot be read; the stand-in turns that into a model error (424) */
  readonly predict: (body: string, contentType: string) => { readonly body: string; readonly contentType: string };
};
