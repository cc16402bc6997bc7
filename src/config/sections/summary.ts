import { cron } from '../forms/cron.ts';
import { section } from '../forms/section.ts';
import { timeZone } from '../forms/time-zone.ts';

/** When summary cards are posted. */
export const summary = section({
  at: cron().prefault('0 9 * * 1-5').describe('Cron expression: minute, hour, day, month, weekday.'),
  timezone: timeZone().prefault('UTC').describe('Zone of the expression.'),
});
