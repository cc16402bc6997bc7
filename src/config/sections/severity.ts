import type { z } from 'zod';
import { oneOf, patternForm } from '../forms/form.ts';
import { duration } from '../forms/quantities.ts';
import { listOf, section } from '../forms/section.ts';
import { slackChannel, slackUserOrGroup } from '../forms/slack-ids.ts';

const step = section({
  after: duration({ from: '1m', to: '7d', example: '10m' }).describe('How long nobody has acknowledged.'),
  to: slackUserOrGroup('S0LEADS').describe('Who is called then.'),
}).transform(({ after, to }) => ({ afterMs: after, to }));

const loudness = section({
  channel: slackChannel().optional().describe("Channel of these incidents. The model's own when not written."),
  mention: slackUserOrGroup()
    .optional()
    .describe('Who is mentioned when such an incident opens. Nobody when not written.'),
  escalate: listOf(step).prefault([]).describe('Who is called later, in order, while nobody acknowledges.'),
});

const rule = section({
  alarm: patternForm(
    { words: 'the name of an alarm, * for any text', example: '"*-5xx"' },
    /^[^\p{C}]{1,255}$/u,
  ).describe('Name of an alarm, `*` for any text.'),
  severity: oneOf(['critical', 'high', 'low']).describe('How bad it is.'),
});

/** What one severity does. */
export type Loudness = z.output<typeof loudness>;

const quiet: Loudness = { escalate: [] };

/** How loud an incident is. `warning` is another name of `low`. */
export const severity = section({
  critical: loudness.optional().describe('Incidents that somebody must look at now. Quiet when not written.'),
  high: loudness.optional().describe('Firing incidents. As `critical` when not written.'),
  low: loudness.optional().describe('Incidents at the warn level. Quiet when not written.'),
  warning: loudness.optional().describe('Another name of `low`; write one of the two.'),
  rules: listOf(rule)
    .optional()
    .describe(
      'How bad each alarm is; the first rule that fits counts. When not written `*-critical` is critical, `*-warn` low, all else high.',
    ),
}).transform(({ critical, high, low, warning, rules }, context) => {
  if (low !== undefined && warning !== undefined) {
    context.addIssue({
      code: 'custom',
      path: ['warning'],
      message: 'Write low or warning, not both: they are one severity.',
    });
  }
  return { critical: critical ?? quiet, high: high ?? critical ?? quiet, low: low ?? warning ?? quiet, rules };
});
