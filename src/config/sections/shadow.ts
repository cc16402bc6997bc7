import { instanceType, roleArn } from '../forms/aws-names.ts';
import { oneOf } from '../forms/form.ts';
import { duration, positiveNumber, share, wholeNumber } from '../forms/quantities.ts';
import { section } from '../forms/section.ts';
import { judgedMetrics, perMetric } from './metric-names.ts';

const margin = (example = '0.01') => positiveNumber(example);

/** How much worse the candidate may be. Shares are written as numbers: 0.01 is one percentage point. */
export const margins = section({
  ...perMetric(judgedMetrics, () =>
    margin().optional().describe("How much worse this metric may be. The metric's own default when not written."),
  ),
  accuracy: margin().prefault(0.01).describe('Loss of accuracy that is still accepted, 0.01 = 1 percentage point.'),
  errorRate: margin('0.005').prefault(0.005).describe('Rise of the error rate that is still accepted.'),
  latencyRatio: margin('1.25')
    .prefault(1.25)
    .describe('p95 latency of the candidate over that of production that is still accepted.'),
  dppl: margin('0.02')
    .prefault(0.02)
    .describe('Growth of the gap between the groups of a facet that is still accepted.'),
});

const judgeAs = section(
  perMetric(judgedMetrics, () =>
    oneOf(['prove', 'watch', 'show'])
      .optional()
      .describe("Role of this metric in the verdict. The metric's own default when not written."),
  ),
);

/** A candidate on mirrored traffic. */
export const shadow = section({
  kind: oneOf(['experiment', 'variant'])
    .prefault('experiment')
    .describe(
      'experiment: an inference experiment of SageMaker. variant: a shadow variant in the endpoint configuration.',
    ),
  role: roleArn('arn:aws:iam::111122223333:role/promo-experiment')
    .optional()
    .describe('Role that an experiment runs as. Needed with `kind: experiment`.'),
  instances: wholeNumber({ from: 1, to: 1000, example: 2 })
    .optional()
    .describe('Number of instances of the candidate. As in `serving` when not written.'),
  instanceType: instanceType().optional().describe('Their type. As in `serving` when not written.'),
  sampling: share({ from: '1%', to: '100%', example: '100%' })
    .prefault('100%')
    .describe('Share of production requests that the candidate also gets.'),
  lasts: duration({ from: '1h', to: '90d', example: '7d' })
    .prefault('7d')
    .describe('When the test ends by itself. SageMaker ends an experiment after 30d at the latest.'),
  judgeUntil: duration({ from: '1h', to: '365d', example: '30d' })
    .prefault('30d')
    .describe('Until when labels that arrive later still count, from the start of the test.'),
  margins: margins.prefault({}),
  judgeAs: judgeAs.prefault({}),
}).transform(({ sampling, lasts, judgeUntil, ...rest }) => ({
  ...rest,
  samplingShare: sampling,
  lastsMs: lasts,
  judgeUntilMs: judgeUntil,
}));
