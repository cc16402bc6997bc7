import type { Now } from '../../../kernel/time.ts';
import { plainDate } from './plain-dates.ts';

/** How people and places are called, and what time it is for the reader. An id that nobody knows stays an id. */
export type Names = {
  readonly user: (id: string) => string;
  readonly group: (id: string) => string;
  readonly channel: (id: string) => string;
  readonly now: Now;
};

export type Piece = { readonly type?: unknown; readonly [field: string]: unknown };

const emoji: Readonly<Record<string, string>> = {
  red_circle: '🔴',
  rotating_light: '🚨',
  large_orange_diamond: '🔶',
  eyes: '👀',
  no_bell: '🔕',
  white_check_mark: '✅',
  x: '❌',
  no_entry: '⛔',
  raised_hand: '✋',
  warning: '⚠️',
  leftwards_arrow_with_hook: '↩️',
  alarm_clock: '⏰',
  hourglass_flowing_sand: '⏳',
  question: '❓',
  white_medium_square: '◻️',
  lock: '🔒',
  performing_arts: '🎭',
  bar_chart: '📊',
  scroll: '📜',
  handshake: '🤝',
  ice_cube: '🧊',
  information_source: 'ℹ️',
  clipboard: '📋',
  wrench: '🔧',
};

const pieces: Readonly<Record<string, (piece: Piece, names: Names) => string>> = {
  text: ({ text }) => String(text),
  link: ({ text, url }) => String(text ?? url),
  user: ({ user_id }, names) => `@${names.user(String(user_id))}`,
  usergroup: ({ usergroup_id }, names) => `@${names.group(String(usergroup_id))}`,
  channel: ({ channel_id }, names) => `#${names.channel(String(channel_id))}`,
  broadcast: ({ range }) => `@${String(range)}`,
  emoji: ({ name }) => emoji[String(name)] ?? `:${String(name)}:`,
  date: ({ timestamp, format }, names) => plainDate(Number(timestamp), String(format), names.now()),
};

/** The pieces of a line of rich text, one after the other. */
export function plainPieces(list: unknown, names: Names): string {
  if (!Array.isArray(list)) return '';
  return list.map((piece: Piece) => pieces[String(piece.type)]?.(piece, names) ?? '').join('');
}

/** mrkdwn as a person reads it: mentions by name, dates filled in, links by their label, entities undone. */
export function plainMrkdwn(text: string, names: Names): string {
  return text
    .replace(/<!date\^(\d+)\^([^|^>]+)[^>]*>/g, (_whole, seconds: string, format: string) =>
      plainDate(Number(seconds), format, names.now()),
    )
    .replace(/<!subteam\^(\w+)[^>]*>/g, (_whole, id: string) => `@${names.group(id)}`)
    .replace(/<!(here|channel|everyone)[^>]*>/g, '@$1')
    .replace(/<@(\w+)[^>]*>/g, (_whole, id: string) => `@${names.user(id)}`)
    .replace(/<#(\w+)[^>]*>/g, (_whole, id: string) => `#${names.channel(id)}`)
    .replace(/<([^|>]+)\|([^>]+)>/g, '$2')
    .replace(/<([^>]+)>/g, '$1')
    .replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => emoji[name] ?? whole)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** The words of a text object, or of nothing. */
export function plainObject(object: unknown, names: Names): string {
  if (typeof object !== 'object' || object === null || !('text' in object)) return '';
  const text = String(object.text);
  return 'type' in object && object.type === 'mrkdwn' ? plainMrkdwn(text, names) : text;
}
