import { z } from 'zod';
import type { Kind } from '../ledger/kind.ts';

/** What a card shows: the item whose present state is read and rendered at the moment of posting. */
export const Subject = z.object({ kind: z.string(), id: z.string() });
export type Subject = z.infer<typeof Subject>;

/** "Card K needs drawing": one item per card, level-triggered. The id is `kind:id` of the subject, so a card is made once. */
export type CardNeed = { readonly subject: Subject; readonly channel: string };

export function cardId(subject: Subject): string {
  return `${subject.kind}:${subject.id}`;
}

/** A card as the outbox keeps it. `wanted` counts the states that asked to be drawn, `drawn` the one that was. */
export type Card = {
  readonly id: string;
  readonly channel: string;
  readonly subject: Subject;
  readonly wanted: number;
  readonly drawn: number;
  /** Slack's name of the message once it is posted. */
  readonly ts?: string | undefined;
  /** A first post that was begun: its marker is in the message's metadata, so that it can be searched for. */
  readonly posting?: { readonly marker: string; readonly since: number; readonly tries: number } | undefined;
};

/** A reply in a card's thread: facts that never change, posted once, in order of id, after the card has a ts. */
export const Note = z.object({
  /** Time-ordered id; also the marker in the message's metadata. */
  id: z.string(),
  card: z.string(),
  channel: z.string(),
  /** Which face draws it, e.g. `incident-opener`. */
  face: z.string(),
  /** Version of the facts' shape, raised when it changes. */
  schema: z.number(),
  facts: z.record(z.string(), z.unknown()),
  /** True for the one reply that everybody in the channel has to see. */
  broadcast: z.boolean().default(false),
  posted: z.object({ ts: z.string() }).optional(),
  posting: z.object({ marker: z.string(), since: z.number(), tries: z.number() }).optional(),
});
export type Note = z.infer<typeof Note>;

export const Notes: Kind<Note> = {
  name: 'note',
  schema: Note,
  id: (note) => note.id,
  open: (note) => (note.posted ? undefined : note.channel),
};
