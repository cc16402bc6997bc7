import { randomBytes } from 'node:crypto';
import { type EpochMs, instant, type Now } from './time.ts';

type Brand<Name extends string> = string & { readonly __brand: Name };

/** A Slack user, `U0ANA`. */
export type UserId = Brand<'UserId'>;
/** A Slack user group, `S0APPROVERS`. */
export type GroupId = Brand<'GroupId'>;
/** A Slack channel, `C0PROMO`. */
export type ChannelId = Brand<'ChannelId'>;
/** A model's name in `understudy.yml`. */
export type ModelName = Brand<'ModelName'>;
/** A change, `C212`. */
export type ChangeId = Brand<'ChangeId'>;
/** An incident, `I87`. */
export type IncidentId = Brand<'IncidentId'>;
/** A shadow test, `S31`. */
export type ShadowId = Brand<'ShadowId'>;
/** One act; also the seed of every idempotency token that the act needs. */
export type ActId = Brand<'ActId'>;

export const userId = (text: string): UserId => text as UserId;
export const groupId = (text: string): GroupId => text as GroupId;
export const channelId = (text: string): ChannelId => text as ChannelId;
export const modelName = (text: string): ModelName => text as ModelName;
export const changeId = (text: string): ChangeId => text as ChangeId;
export const incidentId = (text: string): IncidentId => text as IncidentId;
export const shadowId = (text: string): ShadowId => text as ShadowId;
export const actId = (text: string): ActId => text as ActId;

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

/** A time-ordered id of 26 characters: 10 of time, 16 of randomness (ULID's layout, lower case). */
export function timeOrderedId(at: EpochMs, random: Uint8Array = randomBytes(16)): string {
  let time = '';
  let rest: number = at;
  for (let place = 0; place < 10; place += 1) {
    time = crockford[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  for (let place = 0; place < 16; place += 1) tail += crockford[(random[place] ?? 0) % 32];
  return time + tail;
}

/** Makes time-ordered ids that also keep the order in which one process asked for them, within the same millisecond too. */
export function orderedIds(wall: Now): () => string {
  let last = 0;
  return () => {
    last = Math.max(wall(), last + 1);
    return timeOrderedId(instant(last));
  };
}

/** The instant in a time-ordered id; undefined when the text is none. */
export function instantOf(id: string): EpochMs | undefined {
  if (!/^[0-9a-hjkmnp-tv-z]{26}$/.test(id)) return undefined;
  let ms = 0;
  for (const digit of id.slice(0, 10)) ms = ms * 32 + crockford.indexOf(digit);
  return ms as EpochMs;
}
