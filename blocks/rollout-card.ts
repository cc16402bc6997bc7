import type { ChangeIn, Progress } from '../src/changes/change.ts';
import { type ButtonFace, buttons } from './buttons.ts';
import { digestWords, editOf, namedVersions, peopleLine, servedBefore } from './change-words.ts';
import { foreignName, sentencesOf } from './foreign.ts';
import type { Message } from './message.ts';
import { percent, plural } from './numbers.ts';
import {
  emoji,
  fact,
  facts,
  footer,
  headerOf,
  type Line,
  lookedFooter,
  message,
  moment,
  nameOf,
  utc,
} from './parts.ts';
import { rolloutLines } from './rollout-lines.ts';

type Running = ChangeIn<'running'>;

/** Traffic moves: the steps done, the bake that runs, the alarms, and the way to stop it. */
export function runningCard(change: Running): Message {
  const { plan, state } = change;
  const title = titleOf(change);
  return message(
    textOf(change, title),
    headerOf(plan.model, (name) => `⏳ ${title} · ${namedVersions(plan, name)}`),
    facts(rolloutLines(change)),
    facts(
      [...alarmLines(state.progress), ...latestLines(change), ...abortLines(change), peopleLine(change, 'names')],
      ...(plan.kind === 'rollback' && change.reason !== undefined ? [change.reason] : []),
    ),
    buttons(change.id, editOf(change), { buttons: isAbortable(change) ? [abortButton(change)] : [] }),
    state.progress ? lookedFooter(digestWords(change), state.progress.lookedAt) : footer(digestWords(change)),
  );
}

function textOf(change: Running, title: string): string {
  const { plan, state } = change;
  const bakes = state.progress?.bakesUntil;
  const told = [
    `⏳ ${title}: ${namedVersions(plan)}, step ${state.step + 1} of ${plan.steps.length}`,
    ...(bakes === undefined ? [] : [`Bakes until ${utc(bakes)}`]),
    ...alarmSentences(state.progress),
    ...(plan.rollout.longestMs > 0
      ? [`Ends about ${utc(state.startedAt + plan.rollout.longestMs)} at the latest`]
      : []),
    ...(state.aborting ? [`${nameOf(state.aborting.by)} pressed Abort`] : []),
  ];
  return sentencesOf(told);
}

function titleOf({ plan, state }: Running): string {
  if (state.aborting) return 'Aborting';
  if (plan.kind === 'rollback') return 'Rolling back';
  if (plan.kind === 'shadow-start') return 'Starting the shadow test';
  if (plan.kind === 'shadow-stop') return 'Stopping the shadow test';
  const share = state.progress?.trafficShare ?? 0;
  if (share >= 1 && plan.from) return 'Rolling out, all traffic';
  return share > 0 && share < 1 ? `Rolling out ${percent(share)}` : 'Rolling out';
}

function alarmLines(progress: Progress | undefined): readonly Line[] {
  if (!progress || progress.alarms.length === 0) return [];
  const firing = progress.alarms.filter((alarm) => alarm.state === 'ALARM');
  if (firing.length > 0) {
    const names = firing.slice(0, 3).map((alarm) => foreignName(alarm.name));
    const more = firing.length > 3 ? ` and ${firing.length - 3} more` : '';
    return [
      fact(
        'Alarms',
        emoji('red_circle'),
        ` ${firing.length} of ${progress.alarms.length} in alarm: ${names.join(', ')}${more}`,
      ),
    ];
  }
  const silent = progress.alarms.filter((alarm) => alarm.state === 'INSUFFICIENT_DATA').length;
  const known = silent === 0 ? '' : `, ${silent} without data yet`;
  return [fact('Alarms', emoji('white_check_mark'), ` none of ${progress.alarms.length} fires${known}`)];
}

function alarmSentences(progress: Progress | undefined): readonly string[] {
  if (!progress || progress.alarms.length === 0) return [];
  const firing = progress.alarms.filter((alarm) => alarm.state === 'ALARM').length;
  const all = plural(progress.alarms.length, 'alarm');
  return [firing === 0 ? `None of ${all} fires` : `${firing} of ${all} in alarm`];
}

/** SageMaker gives up after its timeout and goes back; what it needs before and after that is not in it, hence "about". */
function latestLines({ plan, state }: Running): readonly Line[] {
  if (plan.rollout.longestMs === 0) return [];
  const end = state.startedAt + plan.rollout.longestMs;
  return [fact('Latest', 'about ', moment(end, 'time'), ', after that SageMaker goes back')];
}

function abortLines({ state }: Running): readonly Line[] {
  const { aborting } = state;
  if (!aborting) return [];
  return [
    fact(
      'Abort',
      `pressed by ${nameOf(aborting.by)} at `,
      moment(aborting.at, 'time'),
      '; it acts while SageMaker bakes',
    ),
  ];
}

/** The abort alarm works while SageMaker bakes; before that it stops the change at the next step. */
function isAbortable({ plan, state }: Running): boolean {
  return plan.rollout.abortAlarm !== undefined && state.aborting === undefined;
}

function abortButton({ plan }: Running): ButtonFace {
  const back = servedBefore(plan);
  return {
    action: 'change.abort',
    text: 'Abort',
    label: `Abort: all traffic of ${plan.model} back to ${back}`,
    style: 'danger',
    question: {
      title: `Abort the rollout of version\u00a0${plan.target.version}?`,
      text: `Trips the abort alarm. While SageMaker bakes, it sends all traffic back to ${back}, within minutes. Nobody else has to agree.`,
      yes: 'Abort',
      no: 'Keep going',
    },
  };
}
