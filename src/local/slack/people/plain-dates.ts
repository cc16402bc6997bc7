import { type EpochMs, instant, isoInstant, spanText } from '../../../kernel/time.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A Slack date with its tokens filled in. A transcript has no reader's zone, so it is in UTC and says so. */
export function plainDate(seconds: number, format: string, now: EpochMs): string {
  const iso = isoInstant(instant(seconds * 1_000));
  const day = `${Number(iso.slice(8, 10))} ${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
  const tokens: Readonly<Record<string, string>> = {
    date_num: iso.slice(0, 10),
    date_slash: iso.slice(0, 10).replaceAll('-', '/'),
    time: iso.slice(11, 16),
    time_secs: iso.slice(11, 19),
    ago: agoText(now - seconds * 1_000),
  };
  const filled = format.replace(/\{(\w+)\}/g, (_whole, token: string) => tokens[token] ?? day);
  return /\{(time|time_secs)\}/.test(format) ? `${filled} UTC` : filled;
}

function agoText(ms: number): string {
  return ms >= 0 ? `${spanText(ms)} ago` : `in ${spanText(-ms)}`;
}
