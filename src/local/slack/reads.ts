import type { Stage } from './people/ground.ts';
import { buttonTexts, plainView, type SeenMessage, type SeenView, seenMessage, seenView } from './people/look.ts';
import { plainText } from './people/plain-text.ts';
import type { MessageRef } from './people/target.ts';
import { type Block, currentOf, type MessageVersion, type StoredMessage } from './workspace/messages.ts';

/** What can be seen in the workspace; nothing here changes anything. */
export type Reads = {
  /** What stands in the channel, oldest first; replies only where they were sent to the channel too. */
  readonly messages: (channel: string) => readonly SeenMessage[];
  /** The parent, then its replies. */
  readonly thread: (channel: string, ts: string) => readonly SeenMessage[];
  /** Every version of one message, the first post first. */
  readonly versions: (channel: string, ts: string) => readonly MessageVersion[];
  /** What this person alone can see, oldest first. */
  readonly ephemerals: (user: string) => readonly SeenMessage[];
  /** The forms before this person; the last one lies on top. */
  readonly openViews: (user: string) => readonly SeenView[];
  readonly homeOf: (user: string) => SeenView | undefined;
  /** What stands on the buttons of a message or view now, in order; `⋯` is a menu. */
  readonly buttonsOf: (on: MessageRef | SeenView) => readonly string[];
  /** A message, a view or blocks as somebody would read them out. */
  readonly plainText: (what: MessageRef | SeenView | readonly Block[]) => string;
};

export function makeReads(stage: Stage): Reads {
  const { messages, views } = stage;

  function getMessage({ channel, ts }: MessageRef): StoredMessage {
    const message = messages.find(channel, ts);
    if (!message) throw new Error(`there is no message ${ts} in ${channel}`);
    return message;
  }

  return {
    messages: (channel) => messages.inChannel(channel).map(seenMessage),
    thread: (channel, ts) => {
      const parent = messages.find(channel, ts);
      return [...(parent ? [parent] : []), ...messages.repliesTo(channel, ts)].map(seenMessage);
    },
    versions: (channel, ts) => messages.everVersion(channel, ts),
    ephemerals: (user) => messages.ephemerals(user).map(seenMessage),
    openViews: (user) => views.stackOf(user).map((view) => seenView(stage, view)),
    homeOf: (user) => {
      const home = views.homeOf(user);
      return home && seenView(stage, home);
    },
    buttonsOf: (on) => buttonTexts(stage, 'ts' in on ? (currentOf(getMessage(on)).blocks ?? []) : on.blocks),
    plainText: (what) => {
      if ('ts' in what) return plainText(currentOf(getMessage(what)), stage.names);
      return 'id' in what ? plainView(stage, what) : plainText({ blocks: what }, stage.names);
    },
  };
}
