import { webAddress } from '../forms/addresses.ts';
import { awsName } from '../forms/aws-names.ts';
import { listOf, neededSection, section } from '../forms/section.ts';
import { slackChannel, slackUserOrGroup } from '../forms/slack-ids.ts';
import { windows } from '../forms/windows.ts';
import { data, labels } from './data.ts';
import { approval, evidence } from './evidence.ts';
import { guardrails } from './guardrails.ts';
import { rollout } from './rollout.ts';
import { modelAws, serving } from './serving.ts';
import { severity } from './severity.ts';
import { shadow } from './shadow.ts';
import { summary } from './summary.ts';

/** One endpoint, one package group, one home channel, one policy. */
export const model = section({
  endpoint: awsName('the name of an endpoint', 'employee-promotion').describe(
    'The endpoint that serves it. No two models share one.',
  ),
  packageGroup: awsName('the name of a model package group', 'employee-promotion').describe(
    'The model package group that its versions are registered in.',
  ),
  channel: slackChannel().describe('Its home channel: cards of its incidents, changes and summaries.'),
  aws: neededSection(modelAws),
  owners: listOf(slackUserOrGroup('S0MLENG'))
    .prefault([])
    .describe('Who owns it: operators and deployers of this model.'),
  runbook: webAddress('https://runbooks.example.com/promo')
    .optional()
    .describe('Page that its incidents link to. Its host is listed under `links.hosts`.'),
  serving: neededSection(serving),
  data: data.optional().describe('What the rows mean. Without it rows are not read.'),
  labels: labels.optional().describe('Where the truth arrives. Without it nothing is judged against labels.'),
  rollout: rollout.prefault({}),
  shadow: shadow.optional().describe('Shadow tests. Without it none can be started.'),
  evidence: evidence.prefault({}),
  approval: neededSection(approval),
  windows: windows().optional().describe('When deploys and promotions are allowed. At any time when not written.'),
  severity: severity.prefault({}),
  summary: summary.prefault({}),
  guardrails: guardrails.prefault({}),
});
