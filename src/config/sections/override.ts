import { serverAddress } from '../forms/addresses.ts';
import { section } from '../forms/section.ts';

/** Where the servers of a local side listen. On a real side each of these is a fault. */
export const override = section({
  aws: serverAddress('http://127.0.0.1:4001')
    .optional()
    .describe('Address of the local AWS. Needed when `world.aws` is local.'),
  slack: serverAddress('http://127.0.0.1:4002')
    .optional()
    .describe('Address of the local Slack. Needed when `world.slack` is local.'),
  store: serverAddress('http://127.0.0.1:4003')
    .optional()
    .describe('Address of the local DynamoDB. Needed when `world.store` is local.'),
  clock: serverAddress('http://127.0.0.1:4001')
    .optional()
    .describe(
      'Where a local world tells its time. Belongs to the AWS side; without it the clock of this machine counts.',
    ),
  snsCertificates: serverAddress('http://127.0.0.1:4001')
    .optional()
    .describe('Where a local AWS shows the certificates that sign its messages. Needed when `world.aws` is local.'),
});
