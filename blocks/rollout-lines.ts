import type { RichTextElement } from '@slack/types';
import type { ChangeIn, Progress } from '../src/changes/change.ts';
import type { Plan } from '../src/changes/plan.ts';
import { spanText } from '../src/kernel/time.ts';
import { isShadow } from './change-words.ts';
import { capital, foreign, glued } from './foreign.ts';
import { percent } from './numbers.ts';
import { bold, emoji, type Line, line, moment, type Piece } from './parts.ts';

type Running = ChangeIn<'running'>;
type Stage = { readonly phase: 'creating' | 'canary' | 'all-traffic' | 'finishing'; readonly says: string };

/** One line before the present step and few after it: a phone shows the whole card at once. */
const stepsAhead = 4;

/** Where a running change is: what is done, what happens now, what is still to come. */
export function rolloutLines(change: Running): readonly Line[] {
  const { plan, state } = change;
  const rest = plan.steps.slice(state.step + 1);
  const isLast = rest.length === 0;
  const stages = stagesOf(plan);
  const now = isLast && stages.length > 0 ? stageLines(stages, state.progress) : [presentLine(change)];
  const ahead = stages.length > 0 ? rest.slice(0, -1) : rest;
  const hidden = ahead.length - stepsAhead;
  return [
    ...doneLines(change),
    ...now,
    ...ahead.slice(0, stepsAhead).map((step) => line(emoji('white_medium_square'), ` ${stepWords(step.says)}`)),
    ...(hidden > 0 ? [line(emoji('white_medium_square'), ` and ${hidden} more`)] : []),
    ...(isLast ? [] : stages.map(({ says }) => line(emoji('white_medium_square'), ` ${says}`))),
  ];
}

/** What was done in one line: alarms and configs are means, the traffic is the matter. */
function doneLines({ plan, state }: Running): readonly Line[] {
  const done = plan.steps.slice(0, state.step);
  const last = done.at(-1);
  if (!last) return [];
  const count = done.length === 1 ? '' : `${done.length} of ${plan.steps.length} steps, last: `;
  return [
    line(emoji('white_check_mark'), ` ${count === '' ? stepWords(last.says) : count + glued(foreign(last.says, 90))}`),
  ];
}

function presentLine({ plan, state }: Running): Line {
  const step = plan.steps[state.step];
  return line(
    emoji('hourglass_flowing_sand'),
    ' ',
    bold(stepWords(step?.says ?? 'last look')),
    ...bakePieces(state.progress),
  );
}

/** How SageMaker moves traffic in the last step. A shadow moves none, and a first version has none to move. */
function stagesOf(plan: Plan): readonly Stage[] {
  if (isShadow(plan) || !plan.from) return [];
  const { rollout, target } = plan;
  const size = rollout.sizeShare === undefined ? '' : percent(rollout.sizeShare);
  const keep = rollout.keepOldForMs > 0 ? `, bakes ${spanText(rollout.keepOldForMs)}` : '';
  const fleet = { phase: 'creating', says: `New fleet with version\u00a0${target.version}` } as const;
  const all = { phase: 'all-traffic', says: `All traffic to ${target.version}${keep}` } as const;
  const off = { phase: 'finishing', says: 'Old fleet off' } as const;
  if (rollout.strategy === 'all-at-once') return [fleet, all, off];
  const steps = rollout.strategy === 'canary' ? `Canary: ${size}` : `Step by step: ${size} more each time`;
  const part = { phase: 'canary', says: `${steps} to ${target.version}, bakes ${spanText(rollout.bakeMs)}` } as const;
  return rollout.strategy === 'rolling' ? [fleet, part, off] : [fleet, part, all, off];
}

function stageLines(stages: readonly Stage[], progress: Progress | undefined): readonly Line[] {
  const found = stages.findIndex((stage) => stage.phase === progress?.phase);
  const at = found >= 0 ? found : progress?.phase === 'all-traffic' ? stages.length - 2 : 0;
  return stages.map(({ says }, place) => {
    if (place < at) return line(emoji('white_check_mark'), ` ${says}`);
    if (place > at) return line(emoji('white_medium_square'), ` ${says}`);
    const until = progress?.bakesUntil;
    const words = until === undefined ? says : says.replace(/, bakes .*$/, '');
    return line(emoji('hourglass_flowing_sand'), ' ', bold(words), ...bakePieces(progress));
  });
}

function bakePieces(progress: Progress | undefined): readonly Piece[] {
  const until = progress?.bakesUntil;
  return until === undefined ? [] : [', bakes until ', boldMoment(until)];
}

function boldMoment(at: number): RichTextElement {
  const when = moment(at, 'time');
  return when.type === 'date' ? { ...when, style: { bold: true } } : when;
}

function stepWords(says: string): string {
  return capital(glued(foreign(says, 90)));
}
