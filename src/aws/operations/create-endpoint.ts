import { CreateEndpointCommand, DescribeEndpointCommand } from '@aws-sdk/client-sagemaker';
import type { Operation } from '../../runner/operation.ts';
import { findingOne } from '../aws-fault.ts';
import type { AwsClients } from '../clients.ts';
import { nameIn, planned, sending } from './sending.ts';

/** An endpoint is ours when it serves, or is being made with, the config of this change: the config's name is its own. */
export function createEndpoint({ reading, acting }: AwsClients): Operation {
  return {
    look: async (input) => {
      const EndpointName = nameIn(input, 'EndpointName');
      const shown = await findingOne('sagemaker:DescribeEndpoint', () =>
        reading.sageMaker.send(new DescribeEndpointCommand({ EndpointName })),
      );
      if (!shown) return { kind: 'absent' };
      const configs = [shown.EndpointConfigName, shown.PendingDeploymentSummary?.EndpointConfigName];
      if (configs.includes(nameIn(input, 'EndpointConfigName'))) return { kind: 'ours' };
      return { kind: 'foreign', says: `Endpoint ${EndpointName} exists already, with ${shown.EndpointConfigName}.` };
    },
    send: sending('sagemaker:CreateEndpoint', (input) =>
      acting.sageMaker.send(new CreateEndpointCommand(planned(input))),
    ),
  };
}
