import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/alerts/alert.ts';
import { readAlert } from '../../src/alerts/read-alert.ts';
import { type AlertModel, channelOfTopic, routeAlert, severityOf } from '../../src/incidents/alert-policy.ts';
import { limitText, measureText } from '../../src/incidents/measure-text.ts';
import { houseChannel, model } from '../kit/alerts.ts';
import { topic } from '../kit/sns.ts';
import { bodyOf, specimen } from '../kit/specimens.ts';

function alert(name: string, change: Partial<Alert> = {}): Alert {
  const reading = readAlert(bodyOf(specimen(name).text));
  if (reading.kind !== 'alert') throw new Error(reading.why);
  return { ...reading.alert, ...change };
}
const latency = (change: Partial<Alert> = {}) => alert('cloudwatch-alarm.p95-latency', change);
const attrition: AlertModel = { ...model, name: 'attrition', endpoint: 'attrition-risk', channel: 'C0RISK' };
const models = [model, attrition, { ...attrition, name: 'attrition-eu', endpoint: 'attrition-risk-eu' }];
const routed = (one: Alert) => {
  const route = routeAlert(one, models);
  return route.ok ? route.value.name : route.refusal;
};

describe('an alert goes to the model', () => {
  it('that its endpoint serves', () => expect(routed(latency())).toBe('employee-promotion'));
  it('that the metric names', () =>
    expect(routed(latency({ endpoint: undefined, model: 'attrition' }))).toBe('attrition'));
  it('that a composite alarm is named after', () =>
    expect(routed(alert('cloudwatch-composite.two-children'))).toBe('employee-promotion'));
  it('with the longest name where two fit', () =>
    expect(routed(alert('cloudwatch-composite.two-children', { alarmName: 'attrition-risk-eu-any' }))).toBe(
      'attrition-eu',
    ));
  it('of no other account, whatever endpoint it names', () =>
    expect(routed(latency({ account: '999999999999' }))).toBe(
      'it is about employee-promotion, but came from 999999999999 us-east-1',
    ));
  it('of no other region', () => expect(routed(latency({ region: 'eu-west-1' }))).toMatch(/came from/));
  it.each([
    [{ endpoint: 'churn' }, 'no model of the configuration has the endpoint churn'],
    [{ endpoint: undefined, model: 'churn' }, 'no model of the configuration has the name churn'],
    [
      { endpoint: undefined, alarmName: 'billing' },
      'no model of the configuration has an endpoint that billing is named after',
    ],
  ])('or is shown unread: %o', (change, why) => expect(routed(latency(change))).toBe(why));
});

describe('how bad it is', () => {
  it.each([
    ['employee-promotion-latency-p95', 'high'],
    ['employee-promotion-latency-warn', 'low'],
    ['employee-promotion-errors-critical', 'critical'],
    ['critical-path', 'high'],
  ])('%s is %s', (name, severity) => expect(severityOf(model, name)).toBe(severity));

  it('follows the rules of the model, first match first', () => {
    const own = {
      ...model,
      severityRules: [
        { alarm: '*-p9*-nightly', severity: 'low' as const },
        { alarm: '*', severity: 'critical' as const },
      ],
    };
    expect(severityOf(own, 'a-p99-x-nightly')).toBe('low');
    expect(severityOf(own, 'a-p99-x')).toBe('critical');
  });
});

describe('an unread message is shown', () => {
  it('in the one channel of the topic’s account and region', () =>
    expect(channelOfTopic(topic, { models: [model], houseChannel })).toBe('C0PROMO'));
  it('in the house’s channel where several could be meant', () =>
    expect(channelOfTopic(topic, { models, houseChannel })).toBe(houseChannel));
  it('in the house’s channel when the topic is of another account', () =>
    expect(channelOfTopic('arn:aws:sns:us-east-1:999999999999:x', { models: [model], houseChannel })).toBe(
      houseChannel,
    ));
});

describe('a measure in words', () => {
  it.each([
    [812.345, 500, 'ms', '812\u00a0ms', '500\u00a0ms'],
    [500.4, 500, 'ms', '500.4\u00a0ms', '500\u00a0ms'],
    [4.236, 10, 'ms', '4.24\u00a0ms', '10\u00a0ms'],
    [12_400, 500, 'ms', '12.4\u00a0s', '500\u00a0ms'],
    [0.0271, 0.01, 'share', '2.71\u00a0%', '1\u00a0%'],
    [0.010004, 0.01, 'share', '1.0004\u00a0%', '1\u00a0%'],
    [1_204, 10, 'count', '1,204', '10'],
    [-3.5, 0, 'none', '−3.5', '0'],
    [0, 1, 'count', '0', '1'],
  ] as const)('%d over %d %s is %s', (...[value, limit, unit, text, limitWords]) => {
    expect(measureText(value, { unit, limit })).toBe(text);
    expect(limitText({ unit, limit })).toBe(limitWords);
  });
});
