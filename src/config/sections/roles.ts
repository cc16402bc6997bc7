import { callerArn } from '../forms/aws-names.ts';
import { oneOf } from '../forms/form.ts';
import { listOf, namedValues, section } from '../forms/section.ts';
import { slackUserOrGroup } from '../forms/slack-ids.ts';

const people = () => listOf(slackUserOrGroup());

/** Who may do what. Nobody holds a role that is not written here; viewers are all members of the home workspace. */
export const roles = section({
  approver: people().prefault([]).describe('Who may approve or reject a change, never their own.'),
  deployer: people().prefault([]).describe('Who may deploy, promote, roll back and run shadow tests.'),
  operator: people().prefault([]).describe('Who may acknowledge, silence and resolve incidents, freeze and unfreeze.'),
  admin: people().prefault([]).describe('Who may export and verify the audit trail.'),
  iam: namedValues(callerArn(), oneOf(['viewer', 'operator', 'deployer', 'approver', 'admin']))
    .prefault({})
    .describe('The role of a caller of the command line, by ARN. A caller who is not listed may only read.'),
});

/** One model's own holders. A role that is written here replaces the house's list for this model. */
export const modelRoles = section({
  approver: people().optional().describe('Replaces `roles.approver` for this model.'),
  deployer: people().optional().describe('Replaces `roles.deployer` for this model.'),
  operator: people().optional().describe('Replaces `roles.operator` for this model.'),
});
