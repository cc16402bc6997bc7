import { DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../runner/operation.ts';
import { asking } from '../aws-fault.ts';
import type { AwsClients } from '../clients.ts';
import { holds, without } from '../wire.ts';
import { nameIn, planned, sending } from './sending.ts';

/** Putting an alarm writes it whole and keeps its state, so one that somebody has edited is simply put again. */
export function putMetricAlarm({ reading, acting }: AwsClients): Operation {
  return {
    look: async (input) => {
      const AlarmNames = [nameIn(input, 'AlarmName')];
      const answer = await asking('cloudwatch:DescribeAlarms', () =>
        reading.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames })),
      );
      const [alarm] = answer.MetricAlarms ?? [];
      return alarm && holds(alarm, without(input, 'Tags')) ? { kind: 'ours' } : { kind: 'absent' };
    },
    send: sending('cloudwatch:PutMetricAlarm', (input) =>
      acting.cloudWatch.send(new PutMetricAlarmCommand(planned(input))),
    ),
  };
}
