import { describe, expect, it } from 'vitest';
import { readAlert } from '../../src/alerts/read-alert.ts';
import { cloudWatchComposite } from '../../src/alerts/sources/cloudwatch-composite.ts';
import { bodyOf, specimen } from '../kit/specimens.ts';
import { keepsAlertSourcePromises } from './keeps-alert-source-promises.ts';

describe('cloudwatch-composite', () => keepsAlertSourcePromises('cloudwatch-composite', cloudWatchComposite));

describe('a message is read by the source that knows it', () => {
  it.each([
    ['cloudwatch-alarm.p95-latency', 'cloudwatch-alarm'],
    ['cloudwatch-composite.two-children', 'cloudwatch-composite'],
  ])('%s by %s', (name, source) => {
    expect(readAlert(bodyOf(specimen(name).text))).toMatchObject({ kind: 'alert', alert: { source } });
  });
});

describe('a message nobody knows says why', () => {
  it.each([
    ['', 'the message is empty'],
    ['host=ml-7 status=CRIT', 'neither JSON nor a known text form'],
    ['"CRIT"', 'JSON, but no object'],
    ['[1,2]', 'JSON, but no object'],
    ['{"AlarmName":"x","NewStateValue":"ON FIRE"}', 'an alarm without a name or a state we know'],
    [specimen('custom-notification.minimal').text, 'JSON of a shape we do not know'],
  ])('%s', (text, why) => {
    expect(readAlert(bodyOf(text))).toEqual({ kind: 'unparsed', why });
  });
});
