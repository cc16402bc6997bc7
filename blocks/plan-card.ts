import type { Change } from '../src/changes/change.ts';
import type { Plan } from '../src/changes/plan.ts';
import { spanText } from '../src/kernel/time.ts';
import {
  digestWords,
  evidenceLines,
  namedVersions,
  needsPieces,
  rolloutWords,
  wayBackWords,
  whatOf,
} from './change-words.ts';
import { foreign } from './foreign.ts';
import type { Message } from './message.ts';
import {
  type ButtonFace,
  bold,
  buttons,
  emoji,
  fact,
  facts,
  footer,
  header,
  line,
  message,
  moment,
  whoever,
} from './parts.ts';

/** The private plan: everything that would be sent, before anything is. */
export function planCard(change: Change): Message {
  const { plan } = change;
  const known = plan.findings.filter((finding) => finding.level === 'know');
  return message(
    textOf(change),
    header(`📋 Plan · ${whatOf(change)}`),
    facts([
      fact('Steps', `${plan.steps.length}: ${stepWords(plan)}`),
      ...(movesTraffic(plan) ? [fact('Rollout', rolloutWords(plan)), fact('Back', wayBackWords(plan))] : []),
      fact('Takes', `${spanText(plan.rollout.shortestMs)}, at most ${spanText(plan.rollout.longestMs)}`),
      fact('Config', plan.target.configName),
      ...evidenceLines(plan),
    ]),
    facts([
      [bold(checkSummary(plan, known.length))],
      ...known.slice(0, 3).map((finding) => line(emoji('warning'), ` ${foreign(finding.sentence, 160)}`)),
      needsLine(change),
    ]),
    buttons(change.id, 1, { buttons: [goButton(change), discardButton(change)] }),
    footer(`${digestWords(change)} · nothing was sent to AWS`),
  );
}

function textOf(change: Change): string {
  const { plan } = change;
  const needs = plan.approvals.length === 0 ? 'Nobody else has to agree.' : `Needs ${approvalsText(plan)}.`;
  return `📋 Plan: ${whatOf(change)}. ${plan.checks} of ${plan.checks} checks passed. ${needs} Nothing was sent to AWS.`;
}

function approvalsText(plan: Plan): string {
  const count = plan.approvals.reduce((sum, need) => sum + need.count, 0);
  return count === 1 ? 'one approval' : `${count} approvals`;
}

function stepWords(plan: Plan): string {
  return foreign(plan.steps.map((step) => step.says).join(', then '), 300);
}

function movesTraffic(plan: Plan): boolean {
  return plan.kind !== 'shadow-start' && plan.kind !== 'shadow-stop' && plan.from !== undefined;
}

function checkSummary(plan: Plan, known: number): string {
  const passed = `${plan.checks} of ${plan.checks} checks passed`;
  return known === 0 ? passed : `${passed}, ${known} worth knowing`;
}

function needsLine(change: Change): ReturnType<typeof fact> {
  const { plan, state } = change;
  if (plan.approvals.length === 0) return fact('Needs', 'nobody else');
  const until = state.kind === 'planned' ? [', keep until ', moment(state.expiresAt, 'time')] : [];
  return fact('Needs', ...needsPieces(plan, whoever), `, not ${foreign(change.requestedBy.name, 40)}`, ...until);
}

function goButton(change: Change): ButtonFace {
  const { plan } = change;
  if (plan.approvals.length > 0) {
    return {
      action: 'change.ask',
      text: 'Ask for approval',
      label: `Ask for approval to ${whatOf(change)}`,
      style: 'primary',
    };
  }
  const verbs: Readonly<Record<Plan['kind'], string>> = {
    deploy: 'Deploy',
    promotion: 'Promote',
    rollback: 'Roll back',
    'shadow-start': 'Start the test',
    'shadow-stop': 'Stop the test',
  };
  return {
    action: 'change.ask',
    text: verbs[plan.kind],
    label: `${verbs[plan.kind]}: ${namedVersions(plan)}`,
    style: 'primary',
    question: {
      title: `${verbs[plan.kind]}: ${namedVersions(plan)}?`,
      text: `${questionText(plan)} Plan ${digestWords(change).split('plan ')[1]}. Starts at once, in your name.`,
      yes: verbs[plan.kind],
      no: 'Not yet',
    },
  };
}

function questionText(plan: Plan): string {
  if (plan.kind === 'rollback')
    return `Version ${plan.target.version} takes all traffic again. Nobody else has to agree.`;
  if (plan.kind === 'shadow-start')
    return 'Production traffic is mirrored to the candidate. Callers never see its answers.';
  if (plan.kind === 'shadow-stop') return 'The shadow variant is removed. Production goes on as it is.';
  return `${rolloutWords(plan)}, back ${wayBackWords(plan)}.`;
}

function discardButton(change: Change): ButtonFace {
  return { action: 'change.discard', text: 'Discard', label: `Discard the plan ${change.id}` };
}
