import type { Change, ChangeState } from '../src/changes/change.ts';
import type { Plan } from '../src/changes/plan.ts';
import { shortDigest } from '../src/kernel/digest.ts';
import { spanText } from '../src/kernel/time.ts';
import { capital, foreign, foreignName, glued } from './foreign.ts';
import { fleet, percent, plural } from './numbers.ts';
import { fact, type Line, nameOf, type Piece, person, whoever } from './parts.ts';

/** A model's name as it stands in a notification, whose first sentence has little room. */
export function shortModel({ model }: Pick<Plan, 'model'>): string {
  return foreignName(model, 48);
}

/** `deploy employee-promotion 6 → 7` */
export function whatOf({ plan }: Pick<Change, 'plan'>, name: string = shortModel(plan)): string {
  const verbs = {
    deploy: 'deploy',
    promotion: 'promote',
    rollback: 'roll back',
    'shadow-start': 'shadow test of',
    'shadow-stop': `stop shadow test ${plan.stopsShadowTest ?? ''}`.trimEnd().concat(' of'),
  } as const;
  return `${verbs[plan.kind]} ${namedVersions(plan, name)}`;
}

/** `employee-promotion 6 → 7`, or `employee-promotion 7` where nothing served or the version stays. */
export function namedVersions(plan: Plan, name: string = shortModel(plan)): string {
  const from = plan.from?.version;
  const to = plan.target.version;
  if (plan.kind === 'shadow-stop') return name;
  if (plan.kind === 'shadow-start' && from !== undefined) return `${name} ${to} beside\u00a0${from}`;
  return from === undefined || from === to ? `${name} ${to}` : `${name} ${from}\u00a0→\u00a0${to}`;
}

/** "version 6", or the config when it is no version of ours. */
export function servedBefore({ from }: Plan): string {
  return from?.version === undefined ? 'the old config' : `version\u00a0${from.version}`;
}

export function isShadow({ kind }: Pick<Plan, 'kind'>): boolean {
  return kind === 'shadow-start' || kind === 'shadow-stop';
}

/** "50 % for 10 min, then all for 10 min" */
export function rolloutWords({ rollout }: Plan): string {
  const keep = rollout.keepOldForMs > 0 ? ` for ${spanText(rollout.keepOldForMs)}` : '';
  if (rollout.strategy === 'all-at-once' || rollout.sizeShare === undefined) return `all traffic at once${keep}`;
  const size = percent(rollout.sizeShare);
  const bake = spanText(rollout.bakeMs);
  if (rollout.strategy === 'canary') return `${size} for ${bake}, then all${keep}`;
  return `${size} more each ${bake}, until all${keep}`;
}

/** "by itself, if one of 3 alarms fires" */
export function wayBackWords({ rollout }: Plan): string {
  if (rollout.alarms.length === 0) return 'by hand alone, no alarm watches';
  return rollout.alarms.length === 1
    ? 'by itself, if its alarm fires'
    : `by itself, if one of ${rollout.alarms.length} alarms fires`;
}

/** What will happen to the traffic, and what undoes it: two lines at most. */
export function trafficLines(plan: Plan): readonly Line[] {
  if (plan.kind === 'shadow-start') return mirrorLines(plan);
  if (plan.kind === 'shadow-stop')
    return [fact('Means', `the shadow is removed, ${servedBefore(plan)} serves as it does now`)];
  if (!plan.from) return [fact('Rollout', 'first version, nothing serves yet'), fact('Back', 'there is none')];
  return [fact('Rollout', rolloutWords(plan)), fact('Back', wayBackWords(plan))];
}

function mirrorLines({ shadow, target }: Plan): readonly Line[] {
  if (!shadow) return [];
  return [
    fact('Mirrors', `${percent(shadow.samplingShare)} of requests to ${target.version}; its answers reach nobody`),
    fact(
      'Until',
      `${spanText(shadow.lastsMs)} after the start, on ${fleet(shadow.instances, shadow.instanceType)} more`,
    ),
  ];
}

/** The same in a sentence, for questions and notifications. */
export function trafficSentence(plan: Plan): string {
  if (plan.kind === 'shadow-start') return 'Production traffic is mirrored; callers never see the answers';
  if (plan.kind === 'shadow-stop') return `The shadow is removed; ${servedBefore(plan)} goes on as it is`;
  if (!plan.from) return `Version\u00a0${plan.target.version} becomes the first that serves`;
  if (plan.kind === 'rollback') return `Version\u00a0${plan.target.version} takes all traffic again`;
  return `${capital(rolloutWords(plan))}; back ${wayBackWords(plan)}`;
}

type Need = Plan['approvals'][number];
type Votes = readonly { readonly group: string }[];

/** "1 more of ml-approvers" as pieces: a count, then the group's chip. */
export function needsPieces(needs: readonly Need[], votes: Votes = []): readonly Piece[] {
  const open = needs
    .map(({ group, count }) => ({ group, count: count - votes.filter((vote) => vote.group === group).length }))
    .filter(({ count }) => count > 0);
  const more = votes.length > 0 ? ' more' : '';
  return open.flatMap(({ group, count }, place) => [
    `${place === 0 ? '' : ' and '}${count}${more} of `,
    whoever(group),
  ]);
}

/** "one approval", "2 approvals", and "one more approval" once there are some. */
export function approvalsText({ approvals }: Plan, given = 0): string {
  const count = approvals.reduce((sum, need) => sum + need.count, 0) - given;
  const noun = given > 0 ? 'more approval' : 'approval';
  return count === 1 ? `one ${noun}` : plural(count, noun);
}

/** `C212 · plan 9f2c 41ab` */
export function digestWords(change: Change): string {
  return `${change.id} · plan ${shortDigest(change.plan.digest)}`;
}

/** "Ana asked, Bo approved": names while it runs, chips once it is over. */
export function peopleLine(change: Change, form: 'names' | 'chips'): Line {
  const show = (who: { user: string; name: string }): Piece => (form === 'chips' ? person(who) : nameOf(who));
  const approved = votesOf(change.state).map((vote) => show(vote.by));
  if (approved.length === 0) return fact('By', show(change.requestedBy), ', nobody else had to agree');
  const last = approved.length > 1 ? [' and ', ...approved.slice(-1)] : [];
  const first = approved.length > 1 ? approved.slice(0, -1) : approved;
  const joined = first.flatMap((who, place) => (place === 0 ? [who] : [', ', who]));
  return fact('By', show(change.requestedBy), ' asked, ', ...joined, ...last, ' approved');
}

export function votesOf(state: ChangeState): Extract<ChangeState, { kind: 'awaiting-approval' }>['votes'] {
  return 'votes' in state ? state.votes : [];
}

/** Rises with every edit of a change's card, so that block ids are new each time. */
export function editOf({ state }: Change): number {
  switch (state.kind) {
    case 'planned':
      return 1;
    case 'awaiting-approval':
      return 2 + state.votes.length;
    case 'running':
      return seconds(state.progress?.lookedAt ?? state.startedAt) + state.step + (state.aborting?.pushes ?? 0);
    case 'succeeded':
    case 'rolled-back':
    case 'failed':
      return seconds(state.endedAt);
    default:
      return seconds(state.at);
  }
}

function seconds(at: number): number {
  return Math.abs(Math.floor(at / 1_000));
}

/** `registry, model, 3 alarms, config, move the traffic to version 7`: what is done to AWS, in order, each kind once. */
export function stepKinds({ steps }: Plan): string {
  const kinds = new Map<string, number>();
  for (const { operation, says } of steps) {
    const kind = operationWords[operation] ?? glued(foreign(says, 60));
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds].map(([kind, times]) => (times === 1 ? kind : plural(times, kind))).join(', ');
}

const operationWords: Readonly<Record<string, string>> = {
  'sagemaker:UpdateModelPackage': 'registry',
  'sagemaker:CreateModel': 'model',
  'cloudwatch:PutMetricAlarm': 'alarm',
  'sagemaker:CreateEndpointConfig': 'config',
  'sagemaker:CreateEndpoint': 'endpoint',
};
