/** A card is drawn from usual values and from the worst that can come from outside. */
export type Mood = {
  readonly name: 'usual' | 'nasty';
  readonly model: string;
  readonly longName: (usual: string) => string;
  /** A person, a caller of the command line, or somebody with a hostile name. */
  readonly person: (usual: string) => { readonly user: string; readonly name: string };
  /** A sentence of somebody else. */
  readonly words: (usual: string) => string;
  readonly number: (usual: number) => number;
};

/** Stands in every hostile string, so that a test can find where it went. */
export const marker = 'EVIL';

/** What somebody could write to make a card lie: mentions, links, emoji, markup, reversed and hidden characters, half characters. */
export const hostile = `<!channel> ${marker} <https://evil.example|Approve> @here @channel :white_check_mark: *resolved* \`x\` \u202etpircs\u202c \u200b👩‍👩‍👧‍👦 ‏שלום\n> ok & done \ud800 Z${'\u0301'.repeat(60)}`;

/** 63 characters: the longest name that AWS takes. */
export const longestName = `employee-promotion-${'emea-'.repeat(7)}candidate`.slice(0, 63);

export const usual: Mood = {
  name: 'usual',
  model: 'employee-promotion',
  longName: (name) => name,
  person: (name) => ({ user: `U0${name.toUpperCase()}`, name }),
  words: (text) => text,
  number: (value) => value,
};

export const nasty: Mood = {
  name: 'nasty',
  model: longestName,
  longName: (name) => `${name}-${'x'.repeat(255)}`.slice(0, 240) + hostile.slice(0, 15),
  person: (name) => ({ user: `arn:aws:iam::111122223333:role/${name}`, name: `${name} ${hostile}` }),
  words: (text) => `${hostile} ${text} ${hostile.repeat(3)}`.slice(0, 1_000),
  number: (value) => value * 1e9 + 1,
};

export const moods: readonly Mood[] = [usual, nasty];

/** 2026-11-23 08:12 UTC */
export const morning = 1_795_421_520_000;
export const minute = 60_000;
export const hour = 60 * minute;

/** One card, or one form, with the name of what it shows. */
export type Specimen<T> = { readonly name: string; readonly mood: Mood; readonly value: T };
