import { devNull } from 'node:os';

/**
 * The AWS environment of a local world: keys that nothing accepts, no files of the machine, and for a client that was given
 * no address a port of this machine where nobody answers.
 */
export const localEnvironment = {
  AWS_ACCESS_KEY_ID: 'understudy-local',
  AWS_SECRET_ACCESS_KEY: 'understudy-local',
  AWS_REGION: 'us-east-1',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  NO_PROXY: '*',
} as const;

/** What the machine's environment says about AWS, Slack and proxies is meant for other programs. */
const foreign = /^(AWS_|SLACK_)|_PROXY$/i;

/** Leaves the machine's AWS environment, Slack address and proxies behind, before the first client of a local world. */
export function leaveMachineEnvironment(environment: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(environment)) if (foreign.test(name)) delete environment[name];
  Object.assign(environment, localEnvironment);
}
