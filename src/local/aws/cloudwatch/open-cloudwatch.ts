import * as schemas from '@aws-sdk/client-cloudwatch';
import { jsonService, queryErrorHeaders } from '../kit/json-service.ts';
import type { AwsGround, LocalService, Measure, PublishToTopic, ReadAlarm } from '../service.ts';
import { alarmOperations } from './alarm-operations.ts';
import { openAlarmBook } from './alarms.ts';
import { getMetricData } from './get-metric-data.ts';
import { listMetrics } from './list-metrics.ts';
import { putMetricData } from './put-metric-data.ts';
import { openSeriesStore } from './series.ts';

export type CloudWatch = {
  readonly service: LocalService;
  readonly measure: Measure;
  readonly readAlarm: ReadAlarm;
  readonly close: () => void;
};

/** CloudWatch looks at short alarms every 10 seconds. */
const evaluateEveryMs = 10_000;
const sweepEveryMs = 3_600_000;
/** What AWS's own services publish is kept by the minute. */
const standardResolutionMs = 60_000;

/** The local CloudWatch: series, metric math and alarms, all on domain time. */
export function openCloudWatch(ground: AwsGround, publish: PublishToTopic): CloudWatch {
  const { clock } = ground;
  const store = openSeriesStore(clock.now);
  const book = openAlarmBook(ground, store, publish);
  const stops = [
    clock.every(evaluateEveryMs, 'cloudwatch: evaluate alarms', (slot) => book.evaluateAll(slot)),
    clock.every(sweepEveryMs, 'cloudwatch: roll up old data', () => store.sweep()),
  ];
  return {
    service: jsonService({
      name: 'cloudwatch',
      target: 'GraniteServiceVersion20100801',
      protocol: '1.0',
      schemas,
      operations: {
        PutMetricData: putMetricData(store, clock.now),
        GetMetricData: getMetricData(store),
        ListMetrics: listMetrics(store, clock.now),
        ...alarmOperations(book),
      },
      errorHeaders: queryErrorHeaders,
    }),
    measure: ({ namespace, metric, dimensions, value, unit, at }) => {
      const values = [{ value, count: 1 }];
      store.add({ namespace, metric, dimensions }, { unit, at, resolutionMs: standardResolutionMs, values });
    },
    readAlarm: book.read,
    close: () => {
      for (const stop of stops) stop();
    },
  };
}
