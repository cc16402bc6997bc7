import { describe, expect, it } from 'vitest';
import { cloudWatchAlarm } from '../../src/alerts/sources/cloudwatch-alarm.ts';
import { parseInstant } from '../../src/kernel/time.ts';
import { bodyOf, specimen } from '../kit/specimens.ts';
import { keepsAlertSourcePromises } from './keeps-alert-source-promises.ts';

const read = (name: string) => cloudWatchAlarm(bodyOf(specimen(`cloudwatch-alarm.${name}`).text));
const changed = (name: string, change: Record<string, unknown>) =>
  cloudWatchAlarm(bodyOf(JSON.stringify({ ...JSON.parse(specimen(`cloudwatch-alarm.${name}`).text), ...change })));

describe('cloudwatch-alarm', () => keepsAlertSourcePromises('cloudwatch-alarm', cloudWatchAlarm));

describe('an alarm in our words', () => {
  it('says p95 latency in milliseconds, with its limit and how often it was over', () => {
    expect(read('p95-latency')).toEqual({
      source: 'cloudwatch-alarm',
      key: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:employee-promotion-latency-p95',
      alarmArn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:employee-promotion-latency-p95',
      alarmName: 'employee-promotion-latency-p95',
      account: '111122223333',
      region: 'us-east-1',
      endpoint: 'employee-promotion',
      variant: 'AllTraffic',
      model: undefined,
      state: 'firing',
      stateAt: parseInstant('2026-11-24T02:12:09.300Z'),
      value: 812.345,
      limit: 500,
      unit: 'ms',
      datapoints: '3 of 3\u00a0min',
      what: 'p95 latency',
      reason: expect.stringMatching(/^Threshold Crossed: 3 out of the last 3 datapoints/),
    });
  });

  it('keeps the key when the same alarm is OK again', () => {
    expect(read('p95-latency-ok')).toMatchObject({ key: read('p95-latency')?.key, state: 'ok', value: 47 });
  });

  it('reads the average of errors as a rate, also where CloudWatch lists many datapoints apart', () => {
    expect(read('error-rate')).toMatchObject({ what: 'error rate', unit: 'share', value: 0.0271, limit: 0.01 });
    expect(read('error-rate')?.datapoints).toBe('5 of 5\u00a0min');
  });

  it('reads errors divided by calls as a rate, in percent too', () => {
    expect(read('math-error-ratio')).toMatchObject({ what: 'error rate', unit: 'share', value: 0.035, limit: 0.01 });
    expect(read('math-error-ratio')).toMatchObject({
      endpoint: 'employee-promotion',
      datapoints: '1 of 1 period of 5\u00a0min',
    });
  });

  it('takes the limit of an anomaly band from the reason and its words from the metric', () => {
    expect(read('anomaly')).toMatchObject({ what: 'p95 latency', unit: 'ms', value: 96, limit: 52.0005 });
  });

  it('keeps contributors of one alarm apart, and asks about the alarm', () => {
    const alert = read('contributor');
    expect(alert?.key).toBe(`${alert?.alarmArn}#6d442278dba546f6`);
    expect(alert).toMatchObject({ what: 'model errors', unit: 'count', value: 14, limit: 10 });
  });

  it('tells the ARN of an older message from its topic', () => {
    expect(read('no-data')).toMatchObject({
      alarmArn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:employee-promotion-cpu',
      state: 'no-data',
      what: 'highest CPU',
      limit: 0.9,
      value: undefined,
    });
  });

  it('still shows name, state and reason of an alarm on something unknown', () => {
    expect(read('unknown-trigger')).toMatchObject({
      alarmName: 'employee-promotion-promql',
      state: 'firing',
      what: 'alarm',
      value: undefined,
      reason: 'The query returned 3 series.',
    });
  });
});

describe('times and places that an alarm leaves out', () => {
  it('takes the time of sending when the state time is missing or unreadable', () => {
    const sentAt = bodyOf('{}').sentAt;
    expect(changed('p95-latency', { StateChangeTime: null })?.stateAt).toBe(sentAt);
    expect(changed('p95-latency', { StateChangeTime: 'yesterday' })?.stateAt).toBe(sentAt);
  });

  it('believes the ARN before the account that is written beside it', () => {
    expect(changed('p95-latency', { AWSAccountId: '999999999999' })?.account).toBe('111122223333');
  });
});
