import type { Alert } from './alert.ts';
import type { ParsedBody } from './body.ts';
import { cloudWatchAlarm } from './sources/cloudwatch-alarm.ts';
import { cloudWatchComposite } from './sources/cloudwatch-composite.ts';

/** One shape of message: an alert, or undefined when the body is somebody else's. Pure, never throws. */
export type ReadSource = (body: ParsedBody) => Alert | undefined;

/** Asked in this order; the first that knows the body reads it. */
export const alertSources: readonly ReadSource[] = [cloudWatchAlarm, cloudWatchComposite];

export type Reading =
  | { readonly kind: 'alert'; readonly alert: Alert }
  /** Shown as it came, with why it could not be read. Nothing in it is followed. */
  | { readonly kind: 'unparsed'; readonly why: string };

/** What a message says, by the first source that understands it. */
export function readAlert(body: ParsedBody): Reading {
  for (const source of alertSources) {
    const alert = source(body);
    if (alert) return { kind: 'alert', alert };
  }
  return { kind: 'unparsed', why: whyUnread(body) };
}

function whyUnread({ text, json }: ParsedBody): string {
  if (text.trim() === '') return 'the message is empty';
  if (json === undefined) return 'neither JSON nor a known text form';
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'JSON, but no object';
  if ('AlarmName' in json) return 'an alarm without a name or a state we know';
  return 'JSON of a shape we do not know';
}
