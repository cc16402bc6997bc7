import { callerArn } from '../forms/aws-names.ts';
import { oneOf } from '../forms/form.ts';
import { listOf, namedValues, section } from '../forms/section.ts';
import { slackUserOrGroup } from '../forms/slack-ids.ts';

const people = (example: string) => listOf(slackUserOrGroup(example)).prefault([]);

/** Who may do what. Nobody holds a role that is not written; all members of the home workspace are viewers. */
export const roles = section({
  approver: people('S0APPROVERS').describe('Who may approve or reject a change, never their own.'),
  deployer: people('S0MLENG').describe('Who may deploy, promote, roll back and run shadow tests.'),
  operator: people('S0ONCALL').describe('Who may acknowledge, silence and resolve incidents, freeze and unfreeze.'),
  admin: people('U0ANA').describe('Who may export and verify the audit trail.'),
  iam: namedValues(callerArn(), oneOf(['viewer', 'operator', 'deployer', 'approver', 'admin']))
    .prefault({})
    .describe('The role of a caller of the command line, by ARN. A caller who is not listed may only read.'),
});
