import { spanText } from '../kernel/time.ts';
import { oneLine } from './foreign-text.ts';
import type { TakeRefusal } from './take-refusal.ts';

/** Why a delivery was refused, as the end of a sentence for the trail and for the unparsed card. */
export function takeRefusalWords(refusal: TakeRefusal): string {
  switch (refusal.kind) {
    case 'too-large':
      return `it holds ${refusal.bytes} bytes, more than any message of SNS`;
    case 'raw-delivery':
      return 'it was delivered raw, without a signature; turn raw delivery off';
    case 'not-an-envelope':
      return 'it is no SNS message';
    case 'foreign-topic':
      return `its topic ${oneLine(refusal.topic, 200)} is not in the configuration`;
    case 'too-old':
      return `it was sent ${spanText(refusal.ageMs)} ago, more than SNS ever waits`;
    case 'too-new':
      return `it is dated ${spanText(refusal.aheadMs)} ahead`;
    case 'foreign-certificate':
      return `its certificate ${oneLine(refusal.url, 200)} is not taken: ${refusal.because}`;
    case 'foreign-subscribe-url':
      return `it would confirm at ${oneLine(refusal.url, 200)}`;
    case 'forged':
      return `its signature is not valid: ${refusal.because}`;
    default:
      return refusal satisfies never;
  }
}
