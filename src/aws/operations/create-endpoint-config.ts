import { CreateEndpointConfigCommand, DescribeEndpointConfigCommand } from '@aws-sdk/client-sagemaker';
import type { Operation } from '../../runner/operation.ts';
import { findingOne } from '../aws-fault.ts';
import type { AwsClients } from '../clients.ts';
import { lookAtContent } from './look-at-content.ts';
import { nameIn, planned, sending } from './sending.ts';

export function createEndpointConfig({ reading, acting }: AwsClients): Operation {
  return {
    look: async (input) => {
      const EndpointConfigName = nameIn(input, 'EndpointConfigName');
      const shown = await findingOne('sagemaker:DescribeEndpointConfig', () =>
        reading.sageMaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName })),
      );
      return lookAtContent(`Endpoint config ${EndpointConfigName}`, shown, input);
    },
    send: sending('sagemaker:CreateEndpointConfig', (input) =>
      acting.sageMaker.send(new CreateEndpointConfigCommand(planned(input))),
    ),
  };
}
