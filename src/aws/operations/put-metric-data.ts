import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../runner/operation.ts';
import type { AwsClients } from '../clients.ts';
import { planned, sending } from './sending.ts';

/** Data points cannot be looked up one by one. What is sent here is read by its maximum, so a second one does no harm. */
export function putMetricData({ acting }: AwsClients): Operation {
  return {
    look: async () => ({ kind: 'absent' }),
    send: sending('cloudwatch:PutMetricData', (input) =>
      acting.cloudWatch.send(new PutMetricDataCommand(planned(input))),
    ),
  };
}
