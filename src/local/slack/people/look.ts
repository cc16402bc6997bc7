import { type Block, currentOf, type Metadata, type StoredMessage } from '../workspace/messages.ts';
import { elementsOf } from '../workspace/state-values.ts';
import type { StoredView } from '../workspace/views.ts';
import type { Stage } from './ground.ts';
import { plainText } from './plain-text.ts';
import { plainObject } from './plain-words.ts';

/** A message as it stood when it was read. */
export type SeenMessage = {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata?: Metadata;
  readonly threadTs?: string;
  readonly isBroadcast: boolean;
  readonly ephemeralTo?: string;
  /** 1 for the first version, one more with each edit. */
  readonly versionCount: number;
  readonly reactions: Readonly<Record<string, readonly string[]>>;
};

/** A form or a Home tab as it stood when it was read. */
export type SeenView = {
  readonly id: string;
  readonly hash: string;
  readonly type: 'modal' | 'home';
  readonly callbackId: string;
  readonly privateMetadata: string;
  readonly title: string;
  readonly submit: string;
  readonly close: string;
  readonly blocks: readonly Block[];
};

export function seenMessage(message: StoredMessage): SeenMessage {
  const { text, blocks = [], metadata } = currentOf(message);
  const { channel, ts, user, threadTs, isBroadcast, ephemeralTo } = message;
  return {
    channel,
    ts,
    user,
    text,
    blocks,
    isBroadcast,
    versionCount: message.versions.length,
    reactions: Object.fromEntries([...message.reactions].map(([name, users]) => [name, [...users]])),
    ...(metadata && { metadata }),
    ...(threadTs !== undefined && { threadTs }),
    ...(ephemeralTo !== undefined && { ephemeralTo }),
  };
}

export function seenView(stage: Stage, { id, hash, payload }: StoredView): SeenView {
  return {
    id,
    hash,
    type: payload.type,
    callbackId: payload.callback_id ?? '',
    privateMetadata: payload.private_metadata ?? '',
    title: plainObject(payload.title, stage.names),
    submit: plainObject(payload.submit, stage.names),
    close: plainObject(payload.close, stage.names),
    blocks: payload.blocks,
  };
}

/** What stands on the buttons, in order; an overflow menu is `⋯`. */
export function buttonTexts(stage: Stage, blocks: readonly Block[]): readonly string[] {
  return elementsOf(blocks)
    .filter(({ element }) => element.type === 'button' || element.type === 'overflow')
    .map(({ element }) => (element.type === 'overflow' ? '⋯' : plainObject(element.text, stage.names)));
}

/** A form in words: its title, its questions, and its two buttons. */
export function plainView(stage: Stage, view: SeenView): string {
  const buttons = [view.close, view.submit].filter((text) => text !== '').map((text) => `[${text}]`);
  return [view.title, plainText({ blocks: view.blocks }, stage.names), buttons.join(' ')]
    .filter((line) => line !== '')
    .join('\n');
}
