import { awsAccount, awsName, awsRegion, instanceType, roleArn, s3Place } from '../forms/aws-names.ts';
import { share, wholeNumber } from '../forms/quantities.ts';
import { section } from '../forms/section.ts';

export const modelAws = section({
  account: awsAccount().describe('Account of the endpoint, in quotes.'),
  region: awsRegion().describe('Region of the endpoint.'),
  role: roleArn('arn:aws:iam::111122223333:role/understudy-act')
    .optional()
    .describe('Role that is assumed for this model. Without it the bot acts as itself.'),
});

const capture = section({
  to: s3Place('s3://acme-capture/promo').describe('Where SageMaker writes requests and answers.'),
  sampling: share({ from: '1%', to: '100%', example: '100%' })
    .prefault('100%')
    .describe('Share of requests that is captured.'),
}).transform(({ to, sampling }) => ({ to, samplingShare: sampling }));

/** How the production variant runs. */
export const serving = section({
  variant: awsName('a variant name', 'AllTraffic')
    .prefault('AllTraffic')
    .describe('Name of the production variant. It stays the same in every version, or SageMaker cannot roll out.'),
  instances: wholeNumber({ from: 1, to: 1000, example: 2 }).describe('Number of instances of a new configuration.'),
  instanceType: instanceType().describe('Their type.'),
  executionRole: roleArn('arn:aws:iam::111122223333:role/promo-endpoint').describe(
    'Role that the model runs as. It needs `cloudwatch:DescribeAlarms`, or no rollout can go back by itself.',
  ),
  capture: capture.optional().describe('Data capture. Without it nothing is captured.'),
});
