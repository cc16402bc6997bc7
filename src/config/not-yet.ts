/** A key that is read and checked but changes nothing yet. With `value`, only that value, written or by default. */
export type NotYet = { readonly key: string; readonly value?: string; readonly sentence: string };

/** The one list of what this version accepts and does not use. `*` stands for one key. */
export const notYet: readonly NotYet[] = [
  { key: 'prices', sentence: 'Cost is shown in instance-hours only.' },
  { key: 'slack.mode', value: 'socket', sentence: 'The bot does not start in Socket Mode. Use http.' },
  { key: 'roles.iam', sentence: 'Callers of the command line may only read.' },
  { key: 'models.*.aws.role', sentence: 'No role is assumed: the bot acts with its own credentials.' },
  { key: 'models.*.data.target', sentence: 'Captured rows are not read.' },
  { key: 'models.*.data.positive', sentence: 'Captured rows are not read.' },
  { key: 'models.*.data.threshold', sentence: 'Captured rows are not read.' },
  { key: 'models.*.data.baseline', sentence: 'Drift is not measured.' },
  { key: 'models.*.labels', sentence: 'Labels are not read.' },
  { key: 'models.*.shadow.kind', value: 'experiment', sentence: 'A shadow test runs as a variant of the endpoint.' },
  { key: 'models.*.shadow.judgeUntil', sentence: 'A shadow test ends without waiting for labels.' },
  { key: 'models.*.shadow.judgeAs', sentence: 'Metrics keep their default roles.' },
  {
    key: 'models.*.evidence.promote',
    value: 'verdict',
    sentence: 'No verdict is given, so a promotion is refused. Use gate to promote on the evaluation report.',
  },
  { key: 'models.*.evidence.verdictMaxAge', sentence: 'No verdict is given.' },
  { key: 'models.*.approval.breakGlass', sentence: 'Nobody can approve alone.' },
  { key: 'models.*.windows', sentence: 'Changes are possible at any time.' },
  { key: 'models.*.severity.*.escalate', sentence: 'Nobody is called later.' },
  { key: 'models.*.guardrails', sentence: 'No guardrail is evaluated.' },
];
