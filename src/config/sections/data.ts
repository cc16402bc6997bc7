import { s3Place } from '../forms/aws-names.ts';
import { columnValue, patternForm } from '../forms/form.ts';
import { duration, fraction } from '../forms/quantities.ts';
import { listOf, section } from '../forms/section.ts';

const column = (example: string) => patternForm({ words: 'the name of a column', example }, /^(?=\S)[^\p{C}]{1,128}$/u);

const facet = section({
  column: column('gender').describe('Column whose groups are compared.'),
  advantaged: columnValue().describe('Value of the group that the others are compared with.'),
  group: column('department').optional().describe('Column within whose values the comparison is also made.'),
});

/** What the model's rows mean. */
export const data = section({
  target: column('is_promoted').describe('Column of the truth.'),
  positive: columnValue()
    .optional()
    .describe('Value of the target that counts as positive. Not written for a regression.'),
  threshold: fraction('0.5').prefault(0.5).describe('Score from which a row is decided as positive.'),
  facets: listOf(facet).prefault([]).describe('Groups whose treatment is compared.'),
  baseline: s3Place('s3://acme-models/promo/baseline.json')
    .optional()
    .describe('Baseline of the training data. Without it the one stored beside the serving version is used.'),
});

/** Where the truth arrives. */
export const labels = section({
  from: s3Place('s3://acme-labels/promo').describe("Labels in Model Monitor's ground-truth layout."),
  matureAfter: duration({ from: '0s', to: '365d', example: '3d' })
    .prefault('3d')
    .describe('Age at which the label of a request is final.'),
}).transform(({ from, matureAfter }) => ({ from, matureAfterMs: matureAfter }));
