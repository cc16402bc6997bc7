import type { Entry } from '../audit/entry.ts';
import type { ActId } from '../kernel/ids.ts';
import type { Result } from '../kernel/result.ts';
import type { CardNeed } from '../outbox/card.ts';
import type { Kind, Put, Versioned } from './kind.ts';

/**
 * What one act writes, in one transaction: state by version (AWS intents and notes are state too), the audit entries,
 * and the cards that need drawing. All of it happens or none of it.
 */
export type Act = {
  readonly id: ActId;
  readonly puts: readonly Put[];
  readonly entries: readonly Entry[];
  readonly cards: readonly CardNeed[];
};

/** Somebody wrote one of the items first; nothing of the act happened. Read again and decide again. */
export type LostRace = { readonly kind: 'lost-race'; readonly item: { readonly kind: string; readonly id: string } };

export type Commit = (act: Act) => Promise<Result<void, LostRace>>;
/** Strongly consistent read of one item; undefined when absent or expired. */
export type Find = <T>(kind: Kind<T>, id: string) => Promise<Versioned<T> | undefined>;
/** Items of a kind that still want attention, optionally only those under one word. May lag by moments; versions guard the rest. */
export type ListOpen = <T>(kind: Kind<T>, word?: string) => Promise<readonly Versioned<T>[]>;
/** The newest `limit` items of a group, newest first. */
export type ListGroup = <T>(kind: Kind<T>, group: string, limit: number) => Promise<readonly Versioned<T>[]>;
/** The next number of a named counter, from 1; never the same twice. */
export type NextNumber = (counter: string) => Promise<number>;
