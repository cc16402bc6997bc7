import { numberForm, oneOf, yesOrNo } from '../forms/form.ts';
import { duration, wholeNumber } from '../forms/quantities.ts';
import { listOf, section } from '../forms/section.ts';
import { slackGroup } from '../forms/slack-ids.ts';
import { perMetric, qualityMetrics } from './metric-names.ts';

const gate = section(
  perMetric(qualityMetrics, () =>
    numberForm({ words: 'a number', example: '0.80' })
      .optional()
      .describe('Threshold of this metric in the evaluation report of a version. Not looked at when not written.'),
  ),
).transform((written): Record<string, number> => {
  const thresholds = Object.entries(written).flatMap(([metric, limit]) =>
    limit === undefined ? [] : [[metric, limit] as const],
  );
  return Object.fromEntries(thresholds);
});

/** What has to be shown before a version may serve. */
export const evidence = section({
  deploy: oneOf(['gate', 'none'])
    .prefault('gate')
    .describe('What a deploy needs: thresholds met by the evaluation report of the version, or nothing.'),
  promote: oneOf(['verdict', 'gate'])
    .prefault('verdict')
    .describe('What a promotion needs: the verdict of a shadow test, or the thresholds only.'),
  verdictMaxAge: duration({ from: '1m', to: '90d', example: '24h' })
    .prefault('24h')
    .describe('Age after which a verdict no longer counts.'),
  gate: gate.prefault({}),
}).transform(({ verdictMaxAge, ...rest }) => ({ ...rest, verdictMaxAgeMs: verdictMaxAge }));

const approvers = section({
  group: slackGroup().describe('User group whose members may approve. Listed under `roles.approver` as well.'),
  count: wholeNumber({ from: 1, to: 20, example: 1 }).prefault(1).describe('How many of them have to.'),
});

/** Who has to agree before a change runs. */
export const approval = section({
  all: listOf(approvers)
    .min(1, { error: 'Name at least one group that approves.' })
    .describe('Every group that has to agree.'),
  expires: duration({ from: '1m', to: '90d', example: '8h' })
    .prefault('8h')
    .describe('Age at which a request that nobody decided is given up.'),
  breakGlass: yesOrNo()
    .prefault(false)
    .describe('Whether the requester may approve alone in an emergency, with a reason, loudly, reviewed later.'),
}).transform(({ expires, ...rest }) => ({ ...rest, expiresMs: expires }));
