import type { Change } from '../src/changes/change.ts';
import type { Plan } from '../src/changes/plan.ts';
import { shortDigest } from '../src/kernel/digest.ts';
import { spanText } from '../src/kernel/time.ts';
import { type ButtonFace, buttons } from './buttons.ts';
import {
  approvalsText,
  digestWords,
  editOf,
  isShadow,
  namedVersions,
  needsPieces,
  stepKinds,
  trafficLines,
  trafficSentence,
  whatOf,
} from './change-words.ts';
import { evidenceLines } from './evidence-words.ts';
import { foreign, foreignName } from './foreign.ts';
import type { Message } from './message.ts';
import { plural } from './numbers.ts';
import { bold, emoji, fact, facts, footer, headerOf, type Line, line, message, moment, nameOf } from './parts.ts';

/** Checks of the gate and findings that are shown one by one; how many there are is said beside them. */
const checksShown = 2;
const findingsShown = 2;

/** The private plan: everything that would be sent, before anything is. */
export function planCard(change: Change): Message {
  const { plan } = change;
  return message(
    textOf(change),
    headerOf(plan.model, (name) => `📋 Plan · ${whatOf(change, name)}`),
    facts(
      [
        fact('Steps', `${plan.steps.length}: ${stepKinds(plan)}`),
        ...trafficLines(plan),
        ...takesLines(plan),
        ...(plan.kind === 'shadow-stop' ? [] : [fact('Config', foreignName(plan.target.configName))]),
        ...(isShadow(plan) ? [] : evidenceLines(plan, checksShown)),
        ...(change.reason === undefined ? [] : [fact('Reason', 'stands on the card for everybody')]),
      ],
      ...(change.reason === undefined ? [] : [change.reason]),
    ),
    facts([...findingLines(plan), needsLine(change)]),
    buttons(change.id, editOf(change), { buttons: [goButton(change), discardButton(change)] }),
    footer(`${digestWords(change)} · nothing was sent to AWS · only you see this`),
  );
}

function textOf(change: Change): string {
  const { plan } = change;
  const needs = plan.approvals.length === 0 ? 'Nobody else has to agree.' : `Needs ${approvalsText(plan)}.`;
  return `📋 Plan: ${whatOf(change)}. ${trafficSentence(plan)}. ${checkSummary(plan)}. ${needs} Nothing was sent to AWS.`;
}

/** A plan that waits for nothing has no time of its own: how long SageMaker needs is not known. */
function takesLines({ rollout }: Plan): readonly Line[] {
  if (rollout.longestMs === 0) return [];
  return [fact('Takes', `at least ${spanText(rollout.shortestMs)}, at most ${spanText(rollout.longestMs)}`)];
}

function checkSummary({ checks, findings }: Plan): string {
  const known = findings.filter((finding) => finding.level === 'know').length;
  const passed = `${checks} of ${plural(checks, 'check')} passed`;
  return known === 0 ? passed : `${passed}, ${known} worth knowing`;
}

function findingLines(plan: Plan): readonly Line[] {
  return [[bold(checkSummary(plan))], ...knownLines(plan, findingsShown)];
}

/** What was found and does not stop the plan. */
export function knownLines({ findings }: Plan, room: number): readonly Line[] {
  return findings
    .filter((finding) => finding.level === 'know')
    .slice(0, room)
    .map(({ sentence, fix }) => {
      const both = fix === undefined ? sentence : `${sentence} ${fix}`;
      return line(emoji('warning'), ` ${foreign(both.length <= 160 ? both : sentence, 160)}`);
    });
}

function needsLine(change: Change): Line {
  const { plan, state } = change;
  if (plan.approvals.length === 0) return fact('Needs', 'nobody else');
  const until = state.kind === 'planned' ? [', ask until ', moment(state.expiresAt, 'time')] : [];
  return fact('Needs', ...needsPieces(plan.approvals), `, not ${nameOf(change.requestedBy)}`, ...until);
}

const verbs: Readonly<Record<Plan['kind'], string>> = {
  deploy: 'Deploy',
  promotion: 'Promote',
  rollback: 'Roll back',
  'shadow-start': 'Start the test',
  'shadow-stop': 'Stop the test',
};

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
  const verb = verbs[plan.kind];
  return {
    action: 'change.ask',
    text: verb,
    label: `${verb}: ${namedVersions(plan)}`,
    style: 'primary',
    question: {
      title: `${verb}: ${namedVersions(plan)}?`,
      text: `${trafficSentence(plan)}. Plan ${shortDigest(plan.digest)}. Starts at once, in your name; nobody else has to agree.`,
      yes: verb,
      no: 'Not yet',
    },
  };
}

function discardButton(change: Change): ButtonFace {
  return { action: 'change.discard', text: 'Discard', label: `Discard the plan ${change.id}` };
}
