import type { AppAnswer, Envelope } from '../delivery/app-line.ts';
import { verificationToken } from '../delivery/envelopes.ts';
import { ApiError } from '../web-api/api-error.ts';
import { currentOf } from '../workspace/messages.ts';
import type { Channel, User, Workspace } from '../workspace/workspace.ts';
import type { Stage } from './ground.ts';
import { plainText } from './plain-text.ts';
import { type Seen, seenAfter } from './seen.ts';

/**
 * Types a slash command. Slack itself keeps people of other workspaces from most commands;
 * here they get through, so that the app's own guard is tried.
 */
export async function command(stage: Stage, user: User, at: { channel: string; line: string }): Promise<Seen> {
  const { workspace } = stage;
  const channel = workspace.channels.get(at.channel);
  if (!channel || !workspace.maySee(user.id, at.channel)) throw new Error(`${user.id} cannot see ${at.channel}`);
  const [name = '', ...words] = at.line.trim().split(' ');
  if (!name.startsWith('/')) throw new Error(`“${at.line}” is no slash command`);
  const responseUrl = stage.responseUrls.mint({ user: user.id, channel: channel.id });
  const payload = {
    token: verificationToken,
    team_id: user.team_id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: nameInCommand(channel),
    user_id: user.id,
    user_name: user.name,
    command: name,
    text: escaped(workspace, words.join(' ')),
    api_app_id: workspace.app.id,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: stage.triggers.mint(user.id, false),
  };
  const envelope: Envelope = { kind: 'slash_commands', label: `command ${at.line} by ${user.id}`, payload };
  const answer = await stage.deliveries.send(envelope);
  const seen = seenAfter(answer, name);
  if (answer.failure || answer.body === '') return seen;
  return shownAnswer(stage, { envelope, answer, seen, responseUrl, name });
}

type Answered = { envelope: Envelope; answer: AppAnswer; seen: Seen; responseUrl: string; name: string };

function shownAnswer(stage: Stage, { envelope, answer, seen, responseUrl, name }: Answered): Seen {
  const isJson = (answer.headers['content-type'] ?? '').startsWith('application/json');
  try {
    const said = isJson ? parseBody(answer.body) : { text: answer.body };
    const shown = stage.responseUrls.acknowledge(responseUrl, said);
    return { ...seen, sentence: shown ? plainText(currentOf(shown), stage.names) : '' };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    stage.deliveries.noteFailure(envelope, { ...answer, failure: 'invalid_answer' });
    return {
      ...seen,
      failure: 'invalid_answer',
      sentence: `${name} failed with the error "invalid_answer" (${error.message})`,
    };
  }
}

export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function nameInCommand(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.isPrivate ? 'privategroup' : channel.name;
}

/** With `should_escape` in the manifest: entities for & < >, ids for the people, groups and channels that are named. */
function escaped({ users, groups, channels }: Workspace, text: string): string {
  const entities = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return entities
    .replace(/(?<=^|\s)@([\w.-]+)/g, (whole, name: string) => {
      const user = [...users.values()].find((one) => one.name === name);
      if (user) return `<@${user.id}|${user.name}>`;
      const group = [...groups.values()].find((one) => one.handle === name);
      return group ? `<!subteam^${group.id}|@${group.handle}>` : whole;
    })
    .replace(/(?<=^|\s)#([\w.-]+)/g, (whole, name: string) => {
      const channel = [...channels.values()].find((one) => one.name === name);
      return channel ? `<#${channel.id}|${channel.name}>` : whole;
    });
}
