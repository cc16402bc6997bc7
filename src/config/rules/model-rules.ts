import { spanText } from '../../kernel/time.ts';
import { sageMakerName } from '../forms/aws-names.ts';
import type { HouseRule, ModelRule } from './rule.ts';

/** A model's name becomes part of names in AWS and is typed in commands. */
export const namesAreUsable: ModelRule = (_, at) => {
  const name = at.slice('models.'.length);
  if (sageMakerName.test(name)) return [];
  return [{ path: at, sentence: 'Name a model with letters, digits and inner hyphens, at most 63.' }];
};

/** Two models on one endpoint would undo each other's changes. */
export const endpointsAreNotShared: HouseRule = ({ models }) => {
  const owners = new Map<string, string>();
  return Object.entries(models).flatMap(([name, { aws, endpoint }]) => {
    if (!aws || endpoint === undefined) return [];
    const place = [aws.account, aws.region, endpoint].join('/');
    const owner = owners.get(place);
    if (owner === undefined) {
      owners.set(place, name);
      return [];
    }
    const sentence = `Model ${owner} has this endpoint already. An endpoint belongs to one model.`;
    return [{ path: `models.${name}.endpoint`, sentence, from: [`models.${name}.endpoint`, `models.${name}.aws`] }];
  });
};

/** Approving is a role: a group that does not hold it could never approve. */
export const approversHoldTheRole: ModelRule = ({ approval }, at, { roles }) => {
  if (!approval || !roles) return [];
  return approval.all.flatMap(({ group }, place) =>
    roles.approver.includes(group)
      ? []
      : [
          {
            path: `${at}.approval.all.${place}.group`,
            sentence: 'This group has to approve but is not listed under roles.approver.',
            from: [`${at}.approval`, 'roles'],
          },
        ],
  );
};

/** Calls go out in the order they are written. */
export const escalationsFollowEachOther: ModelRule = ({ severity }, at) => {
  if (!severity) return [];
  return (['critical', 'high', 'low'] as const).flatMap((level) => {
    const { escalate } = severity[level];
    const late = escalate.findIndex((step, place) => place > 0 && step.afterMs <= (escalate[place - 1]?.afterMs ?? 0));
    // `high` may be a copy of `critical`, whose own fault says it already.
    if (late < 0 || (level === 'high' && severity.high === severity.critical)) return [];
    const sentence = 'Write the steps in order: each later than the one before.';
    return [{ path: `${at}.severity.${level}.escalate.${late}.after`, sentence, from: [`${at}.severity`] }];
  });
};

/** SageMaker keeps an experiment for 30 days at most. */
const longestExperimentMs = 30 * 86_400_000;

/** A shadow test can be started as it is written. */
export const shadowTestsCanRun: ModelRule = ({ shadow }, at) => {
  if (!shadow) return [];
  const path = `${at}.shadow`;
  const experiment = shadow.kind === 'experiment';
  return [
    ...(experiment && shadow.role === undefined
      ? [
          {
            path: `${path}.role`,
            sentence: 'Missing. An experiment needs a role; kind: variant needs none.',
            from: [path],
          },
        ]
      : []),
    ...(experiment && shadow.lastsMs > longestExperimentMs
      ? [
          {
            path: `${path}.lasts`,
            sentence: 'SageMaker ends an experiment after 30d. Write at most 30d.',
            from: [path],
          },
        ]
      : []),
    ...(shadow.judgeUntilMs < shadow.lastsMs
      ? [
          {
            path: `${path}.judgeUntil`,
            sentence: `Labels have to count at least as long as the test lasts, ${spanText(shadow.lastsMs)}.`,
            from: [`${path}.judgeUntil`, `${path}.lasts`],
          },
        ]
      : []),
  ];
};

/** A runbook that may not become a link would be a text that nobody can press. */
export const runbooksMayBeLinks: ModelRule = ({ runbook }, at, { links }) => {
  if (runbook === undefined || !links) return [];
  const { hostname } = new URL(runbook);
  if (links.hosts.some((host) => host.toLowerCase() === hostname)) return [];
  return [{ path: `${at}.runbook`, sentence: 'List its host under links.hosts.', from: [`${at}.runbook`, 'links'] }];
};
