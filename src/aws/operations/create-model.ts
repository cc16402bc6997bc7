import { CreateModelCommand, DescribeModelCommand, type DescribeModelCommandOutput } from '@aws-sdk/client-sagemaker';
import type { Operation } from '../../runner/operation.ts';
import { findingOne } from '../aws-fault.ts';
import type { AwsClients } from '../clients.ts';
import { lookAtContent } from './look-at-content.ts';
import { nameIn, planned, sending } from './sending.ts';

export function createModel({ reading, acting }: AwsClients): Operation {
  return {
    look: async (input) => {
      const ModelName = nameIn(input, 'ModelName');
      const shown = await findingOne('sagemaker:DescribeModel', () =>
        reading.sageMaker.send(new DescribeModelCommand({ ModelName })),
      );
      return lookAtContent(`Model ${ModelName}`, shown && inOneShape(shown), input);
    },
    send: sending('sagemaker:CreateModel', (input) => acting.sageMaker.send(new CreateModelCommand(planned(input)))),
  };
}

/** A single container may be shown as the primary one, however it was asked for. */
function inOneShape(shown: DescribeModelCommandOutput): object {
  if (shown.Containers && shown.Containers.length > 0) return shown;
  return { ...shown, Containers: shown.PrimaryContainer ? [shown.PrimaryContainer] : [] };
}
