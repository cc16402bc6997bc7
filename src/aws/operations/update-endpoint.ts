import {
  DescribeEndpointCommand,
  type DescribeEndpointCommandOutput,
  UpdateEndpointCommand,
} from '@aws-sdk/client-sagemaker';
import type { Look, Operation } from '../../runner/operation.ts';
import type { WireInput } from '../../runner/wire-input.ts';
import { findingOne } from '../aws-fault.ts';
import type { AwsClients } from '../clients.ts';
import { holds, toWire } from '../wire.ts';
import { nameIn, planned, sending } from './sending.ts';

/** UpdateEndpoint has no token. Whether it was taken shows in where the endpoint is, is going, or has come back from. */
export function updateEndpoint({ reading, acting }: AwsClients): Operation {
  return {
    look: async (input) => {
      const EndpointName = nameIn(input, 'EndpointName');
      const shown = await findingOne('sagemaker:DescribeEndpoint', () =>
        reading.sageMaker.send(new DescribeEndpointCommand({ EndpointName })),
      );
      if (!shown) return { kind: 'foreign', says: `There is no endpoint ${EndpointName} any more.` };
      return lookAtUpdate(shown, input);
    },
    send: sending('sagemaker:UpdateEndpoint', (input) =>
      acting.sageMaker.send(new UpdateEndpointCommand(planned(input))),
    ),
  };
}

function lookAtUpdate(shown: DescribeEndpointCommandOutput, input: WireInput): Look {
  const target = nameIn(input, 'EndpointConfigName');
  const pending = shown.PendingDeploymentSummary?.EndpointConfigName;
  if (shown.EndpointConfigName === target || pending === target || wasTaken(shown, input)) return { kind: 'ours' };
  const isAtRest = shown.EndpointStatus === 'InService' || shown.EndpointStatus === 'UpdateRollbackFailed';
  if (isAtRest) return { kind: 'absent' };
  if (shown.EndpointStatus === 'Failed' || shown.EndpointStatus === 'Deleting') {
    return {
      kind: 'foreign',
      says: `Endpoint ${shown.EndpointName} is ${shown.EndpointStatus}; nothing can be rolled out.`,
    };
  }
  const doing = pending === undefined ? shown.EndpointStatus : `${shown.EndpointStatus} to ${pending}`;
  return { kind: 'busy', says: `Endpoint ${shown.EndpointName} is ${doing}.` };
}

/**
 * An update that was taken and has gone back by itself serves the old config again, and must not be sent a second time.
 * The endpoint remembers the last deployment with its alarms, and those of a guarded rollout are named after the change.
 */
function wasTaken(shown: DescribeEndpointCommandOutput, { DeploymentConfig: asked }: WireInput): boolean {
  if (asked === undefined || !shown.LastDeploymentConfig) return false;
  return holds(toWire(shown.LastDeploymentConfig), asked);
}
