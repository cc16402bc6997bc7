import type { EpochMs, Now } from '../../kernel/time.ts';
import type { Versioned } from '../../ledger/kind.ts';
import type { Card, Note, Subject } from '../card.ts';
import type { DrawnMessage } from '../message.ts';

/** What the outbox needs of Slack. Every failure is a Fault; `ambiguous` when the message may be there all the same. */
export type Posts = {
  readonly post: (wish: {
    readonly channel: string;
    readonly threadTs?: string | undefined;
    readonly broadcast: boolean;
    readonly marker: string;
    readonly message: DrawnMessage;
  }) => Promise<{ readonly ts: string }>;
  readonly edit: (wish: {
    readonly channel: string;
    readonly ts: string;
    readonly message: DrawnMessage;
  }) => Promise<void>;
  readonly findByMarker: (wish: {
    readonly channel: string;
    readonly threadTs?: string | undefined;
    readonly marker: string;
    readonly sinceMs: number;
  }) => Promise<string | undefined>;
};

export type OutboxDeps = {
  readonly cards: {
    readonly due: (channel?: string) => Promise<readonly Card[]>;
    readonly find: (id: string) => Promise<Card | undefined>;
    readonly markPosting: (
      card: Card,
      posting: { readonly marker: string; readonly since: EpochMs },
    ) => Promise<boolean>;
    /** The post is known not to be there (Slack refused it): the next one needs no search. */
    readonly forgetPosting: (card: Card) => Promise<void>;
    readonly markDrawn: (
      card: Card,
      drawn: { readonly ts?: string | undefined; readonly drawn: number },
    ) => Promise<boolean>;
    /** Asks for one more drawing of the present state. */
    readonly wantAgain: (card: Card) => Promise<void>;
  };
  readonly notes: {
    readonly due: (channel?: string) => Promise<readonly Versioned<Note>[]>;
    readonly save: (note: Note, expected: number) => Promise<boolean>;
  };
  /** Draws the present state of a card's subject; undefined when there is nothing to show any more. */
  readonly draw: (subject: Subject) => Promise<DrawnMessage | undefined>;
  readonly drawNote: (note: Note) => DrawnMessage;
  readonly posts: Posts;
  readonly wall: Now;
  /** One item that cannot be drawn or that Slack refuses must not silence its channel: it is told here and passed over. */
  readonly onBroken: (id: string, error: unknown) => void;
  /** Slack did not take the message as drawn; its text goes alone. */
  readonly onPlain: (id: string, error: unknown) => void;
  /** When to look in the history after an ambiguous post, counted from the post. The last one allows a new post. */
  readonly searchAfterMs: readonly number[];
};

/** What became of one look at a channel: whether something was sent, and when to look again at the earliest. */
export type Drained = { readonly sent: boolean; readonly waitUntil?: EpochMs | undefined };
