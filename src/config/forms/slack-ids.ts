import type { ChannelId, GroupId, UserId } from '../../kernel/ids.ts';
import { patternForm } from './form.ts';

/** A person or a user group. The first letter tells them apart: S is a group, U and W are people. */
export type UserOrGroupId = UserId | GroupId;

/** Private channels of older workspaces start with G. */
export function slackChannel(example = 'C0PROMO') {
  return patternForm<ChannelId>({ words: 'a Slack channel id', example }, /^[CG][A-Z0-9]{2,20}$/);
}

export function slackGroup() {
  return patternForm<GroupId>({ words: 'a Slack user group id', example: 'S0APPROVERS' }, /^S[A-Z0-9]{2,20}$/);
}

export function slackUserOrGroup(example = 'S0ONCALL') {
  const form = { words: 'the id of a Slack user or user group', example };
  return patternForm<UserOrGroupId>(form, /^[USW][A-Z0-9]{2,20}$/);
}

/** The home workspace. */
export function slackTeam() {
  return patternForm({ words: 'a Slack workspace id', example: 'T0ACME' }, /^T[A-Z0-9]{2,20}$/);
}
