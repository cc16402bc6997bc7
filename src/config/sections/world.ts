import { oneOf } from '../forms/form.ts';
import { section } from '../forms/section.ts';

const side = () => oneOf(['real', 'local']);

/** Which world the bot lives in, side by side. Chosen by word; nothing in the environment changes it. */
export const world = section({
  slack: side().describe('Whether Slack is the real one or the stand-in on this machine.'),
  aws: side().describe(
    'Whether AWS is the real one or the stand-in. A real AWS with a local Slack is read-only: nothing is changed in AWS.',
  ),
  store: side().describe('Whether the two tables are in real DynamoDB or in an embedded one on this machine.'),
});
