import { randomBytes } from 'node:crypto';
import type { EpochMs } from '../../../kernel/time.ts';
import { ApiError } from '../web-api/api-error.ts';
import { readContent } from '../web-api/content.ts';
import type { Content, Messages, StoredMessage } from '../workspace/messages.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** An app may answer through one address five times in thirty minutes. */
export const answersMax = 5;
export const answerLifeMs = 30 * 60_000;

type Address = {
  readonly user: string;
  readonly channel: string;
  readonly at: EpochMs;
  uses: number;
  /** What `replace_original` and `delete_original` mean: the message pressed on, or the last answer given here. */
  original?: StoredMessage;
};

/** The addresses through which an app answers one command, press or shortcut. */
export type ResponseUrls = {
  readonly mint: (from: { user: string; channel: string; original?: StoredMessage }) => string;
  /** Shows what the app said when it took the command itself; that counts as no use. @throws {ApiError} */
  readonly acknowledge: (url: string, body: unknown) => StoredMessage | undefined;
  /** @throws {ApiError} in Slack's words when the address is used up, too old, or the answer is none */
  readonly answer: (id: string, body: unknown) => void;
};

export type ResponseUrlsDeps = {
  readonly workspace: Workspace;
  readonly messages: Messages;
  readonly baseUrl: () => string;
};

export function openResponseUrls({ workspace, messages, baseUrl }: ResponseUrlsDeps): ResponseUrls {
  const addresses = new Map<string, Address>();

  function spend(id: string): Address {
    const address = addresses.get(id);
    if (!address) throw new ApiError('no_service');
    if (workspace.wall() - address.at > answerLifeMs) throw new ApiError('expired_url');
    if (address.uses >= answersMax) throw new ApiError('used_url');
    address.uses += 1;
    return address;
  }

  function show(address: Address, answer: Answer, content: Content): StoredMessage {
    const { original } = address;
    if (answer.replace_original === true && original && original.deletedAt === undefined) {
      messages.edit(original, content);
      return original;
    }
    const { channel, user } = address;
    const isForAll = answer.response_type === 'in_channel';
    const shown = messages.post({
      ...content,
      channel,
      user: workspace.app.botUserId,
      ...(typeof answer.thread_ts === 'string' && { threadTs: answer.thread_ts }),
      ...(!isForAll && { ephemeralTo: user }),
    });
    address.original ??= shown;
    return shown;
  }

  return {
    mint: (from) => {
      const id = randomBytes(16).toString('hex');
      addresses.set(id, { ...from, at: workspace.wall(), uses: 0 });
      return `${baseUrl()}/respond/${id}`;
    },
    acknowledge: (url, body) => {
      const address = addresses.get(url.slice(url.lastIndexOf('/') + 1));
      if (!address) throw new ApiError('no_service');
      const answer = readAnswer(body);
      if (answer.text === undefined && answer.blocks === undefined) return undefined;
      return show(address, answer, readContent(answer, 'post'));
    },
    answer: (id, body) => {
      const address = spend(id);
      const answer = readAnswer(body);
      if (answer.delete_original !== true) show(address, answer, readContent(answer, 'post'));
      else if (address.original && address.original.deletedAt === undefined) messages.remove(address.original);
    },
  };
}

type Answer = {
  readonly text?: string;
  readonly blocks?: unknown;
  readonly response_type?: unknown;
  readonly replace_original?: unknown;
  readonly delete_original?: unknown;
  readonly thread_ts?: unknown;
};

const kinds: readonly unknown[] = [undefined, 'ephemeral', 'in_channel'];

function readAnswer(body: unknown): Answer {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new ApiError('invalid_payload');
  const answer: Answer = body;
  if (answer.text !== undefined && typeof answer.text !== 'string') throw new ApiError('invalid_payload');
  if (!kinds.includes(answer.response_type)) throw new ApiError('invalid_payload');
  return answer;
}
