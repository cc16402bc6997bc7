import { DescribeModelPackageCommand, UpdateModelPackageCommand } from '@aws-sdk/client-sagemaker';
import type { Operation } from '../../runner/operation.ts';
import { findingOne } from '../aws-fault.ts';
import type { AwsClients } from '../clients.ts';
import { holds, without } from '../wire.ts';
import { nameIn, planned, sending } from './sending.ts';

/** The one changing call with a token: AWS takes a repeat for the same call. */
export function updateModelPackage({ reading, acting }: AwsClients): Operation {
  return {
    look: async (input) => {
      const ModelPackageName = nameIn(input, 'ModelPackageArn');
      const shown = await findingOne('sagemaker:DescribeModelPackage', () =>
        reading.sageMaker.send(new DescribeModelPackageCommand({ ModelPackageName })),
      );
      return shown && holds(shown, without(input, 'ClientToken')) ? { kind: 'ours' } : { kind: 'absent' };
    },
    send: sending('sagemaker:UpdateModelPackage', (input) =>
      acting.sageMaker.send(new UpdateModelPackageCommand(planned(input))),
    ),
  };
}
