import { type Json, messageJson, viewJson } from '../workspace/as-json.ts';
import { type Block, currentOf, type MessageVersion, type StoredMessage } from '../workspace/messages.ts';
import { draftKey, elementsOf, type Placed, stateValues } from '../workspace/state-values.ts';
import type { Draft, StoredView } from '../workspace/views.ts';
import type { Stage } from './ground.ts';
import { plainObject } from './plain-words.ts';

/** Points at a message: anything with a channel and a `ts`. `version` 1 is the message as first posted. */
export type MessageRef = { readonly channel: string; readonly ts: string; readonly version?: number };
export type ViewRef = { readonly id: string };
export type Ref = MessageRef | ViewRef;

/** The surface that a person acts on, with what stands on it at that moment. */
export type Target = {
  readonly blocks: readonly Block[];
  readonly draft: Draft;
  /** Tells surfaces apart where something is remembered about one. */
  readonly key: string;
  /** The members of a delivery that say where it came from. */
  readonly where: Json;
  readonly isModal: boolean;
  readonly message?: StoredMessage;
  readonly view?: StoredView;
};

const drafts = new WeakMap<StoredMessage, Map<string, Draft>>();

export function findTarget(stage: Stage, user: string, ref: Ref): Target {
  return 'ts' in ref ? messageTarget(stage, user, ref) : viewTarget(stage, user, ref);
}

export function getMessageFor(stage: Stage, user: string, ref: MessageRef): StoredMessage {
  const message = stage.messages.find(ref.channel, ref.ts);
  if (!message) throw new Error(`there is no message ${ref.ts} in ${ref.channel}`);
  const isTheirs = message.ephemeralTo === undefined || message.ephemeralTo === user;
  if (!isTheirs || !stage.workspace.maySee(user, ref.channel)) {
    throw new Error(`${user} cannot see ${ref.channel}/${ref.ts}; invite them to the channel first`);
  }
  return message;
}

function messageTarget(stage: Stage, user: string, ref: MessageRef): Target {
  const message = getMessageFor(stage, user, ref);
  const version: MessageVersion | undefined =
    ref.version === undefined ? currentOf(message) : message.versions[ref.version - 1];
  if (!version) throw new Error(`message ${ref.ts} has no version ${ref.version}`);
  const blocks = version.blocks ?? [];
  const draft = draftOf(message, user);
  const channel = stage.workspace.channels.get(message.channel);
  const isEphemeral = message.ephemeralTo !== undefined;
  const container = {
    type: 'message',
    message_ts: message.ts,
    channel_id: message.channel,
    is_ephemeral: isEphemeral,
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
  };
  const where = {
    container,
    channel: { id: message.channel, name: channel?.name ?? '' },
    state: { values: stateValues(blocks, draft) },
    // Slack leaves the message out when only one person can see it.
    ...(!isEphemeral && { message: messageJson(stage.workspace, message) }),
  };
  return { blocks, draft, where, message, isModal: false, key: `${message.channel}/${message.ts}` };
}

function draftOf(message: StoredMessage, user: string): Draft {
  const byUser = drafts.get(message) ?? new Map<string, Draft>();
  drafts.set(message, byUser);
  const draft = byUser.get(user) ?? new Map();
  byUser.set(user, draft);
  return draft;
}

export function getOpenView(stage: Stage, user: string, { id }: ViewRef): StoredView {
  const view = stage.views.find(id);
  if (!view || view.user !== user) throw new Error(`${user} has no open view ${id}`);
  const top = stage.views.stackOf(user).at(-1);
  if (view.payload.type === 'modal' && view !== top) throw new Error(`the view ${id} lies under another one`);
  return view;
}

function viewTarget(stage: Stage, user: string, ref: ViewRef): Target {
  const view = getOpenView(stage, user, ref);
  const where = { container: { type: 'view', view_id: view.id }, view: viewJson(stage.workspace, stage.views, view) };
  return {
    blocks: view.payload.blocks,
    draft: view.draft,
    where,
    view,
    isModal: view.payload.type === 'modal',
    key: view.id,
  };
}

/** What stands on a button, or on one of the options of an overflow menu. */
export function labelOf(element: Json, stage: Stage): string {
  return plainObject(element.text, stage.names);
}

/** The one element that `pick` takes; with several, `blockId` or `value` must tell which. */
export function getPlaced(target: Target, label: string, options: Wanted): Placed {
  const found = elementsOf(target.blocks)
    .filter(options.pick)
    .filter(({ blockId }) => options.blockId === undefined || options.blockId === blockId)
    .filter(({ element }) => options.value === undefined || options.value === element.value);
  const [only] = found;
  if (only && found.length === 1) return only;
  const present = elementsOf(target.blocks).map(({ blockId, element }) => `${blockId}/${element.action_id}`);
  const problem =
    found.length === 0
      ? `there is no “${label}” here`
      : `“${label}” stands here ${found.length} times; say which block`;
  throw new Error(`${problem}; here are ${present.join(', ') || 'no elements'}`);
}

export type Wanted = {
  readonly pick: (placed: Placed) => boolean;
  readonly blockId?: string | undefined;
  readonly value?: string | undefined;
};

/** Names one element of one surface, where something is remembered about it. */
export function placeKey(target: Target, placed: Placed): string {
  return `${target.key}/${draftKey(placed)}`;
}
