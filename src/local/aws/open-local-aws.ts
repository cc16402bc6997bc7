import type { Now } from '../../kernel/time.ts';
import type { DomainClock } from '../clock/domain-clock.ts';
import { type Faults, openFaults } from './faults.ts';
import { openFrontDoor } from './front-door.ts';
import { type LoggedCall, openCallLog } from './kit/call-log.ts';
import { openDiceBox } from './kit/dice.ts';
import { openCaptureWriter } from './runtime/capture.ts';
import { makeInvoke } from './runtime/invoke.ts';
import { runtimeService } from './runtime/runtime-service.ts';
import { openWeatherBook, type Weather } from './runtime/weather.ts';
import { folderMirror, readObjectFolder } from './s3/object-folder.ts';
import { type ObjectStore, openObjectStore } from './s3/object-store.ts';
import { s3Service } from './s3/s3-service.ts';
import type { Timings } from './sagemaker/deployment.ts';
import { makeLoadModel } from './sagemaker/load-model.ts';
import { type LocalSageMaker, openSageMaker, usualTimings } from './sagemaker/open-sagemaker.ts';
import type { AwsGround, Container, LocalService, Measure, PublishToTopic, ReadAlarm } from './service.ts';

/** The services that tell of things: CloudWatch, SNS and SQS. */
export type Signals = {
  readonly services: readonly LocalService[];
  readonly measure: Measure;
  readonly readAlarm: ReadAlarm;
  readonly publish: PublishToTopic;
  readonly pending: () => string[];
  readonly close: () => void;
};

export type LocalAwsOptions = {
  readonly clock: DomainClock;
  readonly wall: Now;
  readonly port?: number;
  readonly account: string;
  readonly region: string;
  /** What the images of the local registry run. */
  readonly containers: readonly Container[];
  /** Where S3 keeps its objects over restarts; absent: memory. */
  readonly s3Dir?: string;
  /** Two worlds with the same seed route, mirror and measure alike. */
  readonly seed?: string;
  readonly timings?: Partial<Timings>;
  readonly extraServices?: (ground: AwsGround) => Signals;
};

export type LocalAws = {
  readonly url: string;
  readonly faults: Faults;
  /** Every call that came in, oldest first. */
  readonly calls: () => readonly LoggedCall[];
  readonly setWeather: (weather: Weather) => void;
  readonly sagemaker: Pick<LocalSageMaker, 'serving' | 'endpointNames'>;
  readonly objects: ObjectStore;
  readonly measure: Measure;
  readonly publish: PublishToTopic;
  /** One line for each thing that is still on its way; empty when all is quiet. */
  readonly pending: () => string[];
  readonly close: () => Promise<void>;
};

/** AWS on 127.0.0.1: SageMaker, its Runtime, S3, and whatever `extraServices` adds, for the real SDKs. */
export async function openLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { clock, wall } = options;
  let url = '';
  const ground: AwsGround = { clock, wall, account: options.account, region: options.region, baseUrl: () => url };
  const signals = options.extraServices?.(ground) ?? noSignals;
  const { seed = 'understudy' } = options;
  const objects = openObjects(options);
  const weather = openWeatherBook();
  const dice = openDiceBox(seed);
  const captures = openCaptureWriter(objects, clock, dice('capture'));
  const sagemaker = openSageMaker({
    ground,
    timings: { ...usualTimings, ...options.timings },
    readAlarm: signals.readAlarm,
    loadModel: makeLoadModel(options.containers, objects),
  });
  const invoke = makeInvoke({ clock, weather, dice, measure: signals.measure, captures });
  const runtime = runtimeService({ ground, serving: sagemaker.serving, dice, invoke });
  const faults = openFaults();
  const log = openCallLog();
  const services = [sagemaker.service, runtime, ...signals.services, s3Service(objects)];
  const port = options.port ?? 0;
  const door = await openFrontDoor({ services, port, faults, log, wall, domain: clock.now });
  url = door.url;
  return {
    url,
    faults,
    calls: log.calls,
    setWeather: weather.set,
    sagemaker,
    objects,
    measure: signals.measure,
    publish: signals.publish,
    pending: () => [...sagemaker.pending(), ...signals.pending()],
    close: async () => {
      sagemaker.close();
      signals.close();
      captures.flush();
      await door.close();
    },
  };
}

/** Without CloudWatch nothing is kept and no alarm exists. */
const noSignals: Signals = {
  services: [],
  measure: () => {},
  readAlarm: () => undefined,
  publish: () => {},
  pending: () => [],
  close: () => {},
};

function openObjects({ clock, s3Dir }: LocalAwsOptions): ObjectStore {
  if (s3Dir === undefined) return openObjectStore({ now: clock.now });
  return openObjectStore({ now: clock.now, mirror: folderMirror(s3Dir), loaded: readObjectFolder(s3Dir) });
}
