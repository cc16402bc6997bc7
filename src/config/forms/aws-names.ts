import { patternForm } from './form.ts';

/** SageMaker's own pattern for endpoints, variants and package groups: 1 to 63 letters, digits and inner hyphens. */
export const sageMakerName = /^(?=.{1,63}$)[A-Za-z0-9](-*[A-Za-z0-9])*$/;
export const accountPattern = /^\d{12}$/;
export const regionPattern = /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/;

export function awsName(what: string, example: string) {
  return patternForm({ words: `${what} of letters, digits and hyphens`, example }, sageMakerName);
}

/** Quoted in the file, or YAML reads a number and drops leading zeros. */
export function awsAccount() {
  return patternForm({ words: 'an account of 12 digits, in quotes', example: '"111122223333"' }, accountPattern);
}

export function awsRegion() {
  return patternForm({ words: 'an AWS region', example: 'us-east-1' }, regionPattern);
}

export function instanceType() {
  return patternForm({ words: 'an instance type', example: 'ml.m5.large' }, /^ml\.[a-z0-9-]+\.[a-z0-9-]+$/);
}

export function roleArn(example: string) {
  return patternForm({ words: 'the ARN of an IAM role', example }, /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/);
}

/** Whoever calls the command line: a role or a user. */
export function callerArn() {
  const form = { words: 'the ARN of an IAM role or user', example: 'arn:aws:iam::111122223333:role/ci' };
  return patternForm(form, /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/);
}

/** Account and region are checked where the world is real; a stand-in may have its own. */
export function topicArn() {
  const form = { words: 'the ARN of an SNS topic', example: 'arn:aws:sns:us-east-1:111122223333:ml-guardrails' };
  return patternForm(form, /^arn:aws[a-z-]*:sns:[^:\s]+:[^:\s]+:[\w-]{1,256}(\.fifo)?$/);
}

export function s3Place(example: string) {
  const form = { words: 'a place in S3', example };
  return patternForm(form, /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/\S*)?$/);
}

export function tableName(example: string) {
  return patternForm({ words: 'the name of a DynamoDB table', example }, /^[A-Za-z0-9_.-]{3,255}$/);
}
