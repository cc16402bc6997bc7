import type { RichTextElement } from '@slack/types';
import type { ChangeIn, Progress } from '../src/changes/change.ts';
import { spanText } from '../src/kernel/time.ts';
import { digestWords, namedVersions, peopleWords, whatOf } from './change-words.ts';
import { escaped, foreign, foreignName } from './foreign.ts';
import type { Message } from './message.ts';
import { percent } from './numbers.ts';
import {
  type ButtonFace,
  buttons,
  emoji,
  fact,
  facts,
  footer,
  header,
  line,
  lookedFooter,
  message,
  moment,
  utc,
} from './parts.ts';

type Line = readonly RichTextElement[];

/** Traffic moves: the steps done, the bake that runs, the alarms, and the way to stop it. */
export function runningCard(change: ChangeIn<'running'>): Message {
  const { state } = change;
  const title = runningTitle(change);
  return message(
    `⏳ ${title}: ${namedVersions(change.plan)}. Step ${state.step + 1} of ${change.plan.steps.length}.${alarmsText(state.progress)} Latest end ${utc(state.startedAt + change.plan.rollout.longestMs)}.`,
    header(`⏳ ${title} · ${namedVersions(change.plan)}`),
    facts(stepLines(change)),
    facts([...alarmLines(state.progress), ...abortLine(change), fact('By', foreign(peopleWords(change), 120))]),
    isAbortable(change) ? buttons(change.id, 10 + state.step, { buttons: [abortButton(change)] }) : undefined,
    state.progress ? lookedFooter(digestWords(change), state.progress.lookedAt) : footer(digestWords(change)),
  );
}

function runningTitle({ plan, state }: ChangeIn<'running'>): string {
  if (state.aborting) return 'Aborting';
  if (plan.kind === 'rollback') return 'Rolling back';
  if (plan.kind === 'shadow-start') return 'Starting the shadow test';
  if (plan.kind === 'shadow-stop') return 'Stopping the shadow test';
  const share = state.progress?.trafficShare ?? 0;
  return share > 0 && share < 1 ? `Rolling out ${percent(share)}` : 'Rolling out';
}

function stepLines({ plan, state }: ChangeIn<'running'>): readonly Line[] {
  return plan.steps.slice(0, 9).map((step, index) => {
    const says = ` ${foreign(step.says, 90)}`;
    if (index < state.step) return line(emoji('white_check_mark'), says);
    if (index > state.step) return line(emoji('white_medium_square'), says);
    return line(emoji('hourglass_flowing_sand'), says, ...progressPieces(state.progress));
  });
}

function progressPieces(progress: Progress | undefined): readonly (string | RichTextElement)[] {
  if (!progress) return [];
  const share = progress.trafficShare > 0 ? `, ${percent(progress.trafficShare)} of traffic` : '';
  return progress.bakesUntil === undefined ? [share] : [`${share}, bakes until `, moment(progress.bakesUntil, 'time')];
}

function alarmLines(progress: Progress | undefined): readonly Line[] {
  if (!progress || progress.alarms.length === 0) return [];
  const firing = progress.alarms.filter((alarm) => alarm.state === 'ALARM');
  const names = firing.map((alarm) => foreignName(alarm.name)).join(', ');
  return firing.length === 0
    ? [fact('Alarms', emoji('white_check_mark'), ` none of ${progress.alarms.length} fires`)]
    : [fact('Alarms', emoji('red_circle'), ` ${firing.length} of ${progress.alarms.length} in alarm: ${names}`)];
}

function alarmsText(progress: Progress | undefined): string {
  const firing = progress?.alarms.filter((alarm) => alarm.state === 'ALARM').length ?? 0;
  if (!progress || progress.alarms.length === 0) return '';
  return firing === 0
    ? ` None of ${progress.alarms.length} alarms fires.`
    : ` ${firing} of ${progress.alarms.length} alarms fire.`;
}

function abortLine({ state }: ChangeIn<'running'>): readonly Line[] {
  return state.aborting
    ? [fact('Abort', `pressed by ${foreign(state.aborting.by.name, 40)}, `, moment(state.aborting.at, 'time'))]
    : [];
}

/** The abort alarm works while SageMaker bakes; before and after there is nothing to trip. */
function isAbortable({ plan, state }: ChangeIn<'running'>): boolean {
  return plan.rollout.abortAlarm !== undefined && state.aborting === undefined;
}

function abortButton(change: ChangeIn<'running'>): ButtonFace {
  const back = change.plan.from?.version === undefined ? 'the old config' : `version ${change.plan.from.version}`;
  return {
    action: 'change.abort',
    text: 'Abort',
    label: `Abort: all traffic back to ${back}`,
    style: 'danger',
    question: {
      title: `Abort the rollout of ${change.plan.target.version}?`,
      text: `Trips the abort alarm. While SageMaker bakes, it sends all traffic back to ${back}, within minutes. Nobody else has to agree.`,
      yes: 'Abort',
      no: 'Keep going',
    },
  };
}

/** It is live, as asked: proven by the endpoint's config, not by its status. */
export function succeededCard(change: ChangeIn<'succeeded'>): Message {
  const { plan, state } = change;
  const took = spanText(state.endedAt - state.startedAt);
  const shadow = plan.kind === 'shadow-start' || plan.kind === 'shadow-stop';
  const kept = plan.from && !shadow ? [fact('Kept', `${plan.from.configName}, until somebody cleans up`)] : [];
  return message(
    `✅ ${shadow ? 'Done' : 'Live'}: ${whatOf(change)} since ${utc(state.endedAt)}, after ${took}.${plan.from ? ' The old config is kept for a rollback.' : ''}`,
    header(`✅ ${shadow ? 'Done' : 'Live'} · ${whatOf(change)}`),
    facts([
      shadow
        ? fact('Done', moment(state.endedAt))
        : fact('Serving', `version\u00a0${plan.target.version}, all traffic since `, moment(state.endedAt)),
      fact('Took', took),
      fact('Runs', `${plan.target.configName}, as asked`),
      fact('By', foreign(peopleWords(change), 120)),
      ...kept,
    ]),
    plan.from && !shadow ? buttons(change.id, 90, { buttons: [rollBackButton(change)] }) : undefined,
    footer(digestWords(change)),
  );
}

function rollBackButton(change: ChangeIn<'succeeded'>): ButtonFace {
  return {
    action: 'change.roll-back',
    text: 'Roll back…',
    label: `Roll back ${change.plan.model} from version ${change.plan.target.version}`,
  };
}

/** SageMaker went back: which alarm, and what serves now. */
export function rolledBackCard(change: ChangeIn<'rolled-back'>): Message {
  const { state } = change;
  const silent = state.alarm === undefined;
  const title = silent ? 'Rolled back in silence' : 'Rolled back';
  return message(
    `↩️ ${title}: ${whatOf(change)}. ${silent ? 'No alarm of the plan fired.' : `Alarm ${escaped(foreignName(state.alarm ?? ''))} fired.`} ${escaped(foreignName(state.liveConfig))} serves.`,
    header(`↩️ ${title} · ${namedVersions(change.plan)}`),
    facts(
      [
        fact(
          'Alarm',
          silent
            ? 'none of the plan fired; SageMaker says InService on the old config'
            : foreignName(state.alarm ?? ''),
        ),
        fact('Runs', `${foreignName(state.liveConfig)}, not ${foreignName(change.plan.target.configName)}`),
        fact('From', moment(state.startedAt), ' to ', moment(state.endedAt, 'time')),
        fact('By', foreign(peopleWords(change), 120)),
      ],
      ...(state.reason === '' ? [] : [state.reason]),
    ),
    footer(digestWords(change)),
  );
}

/** It stopped half-way: what was done, what was not, what to do. */
export function stoppedCard(change: ChangeIn<'failed'> | ChangeIn<'interrupted'>): Message {
  const { plan, state } = change;
  const word = state.kind === 'failed' ? 'Failed' : 'Interrupted';
  const glyph = state.kind === 'failed' ? '❌' : '⚠️';
  const done = plan.steps.slice(0, state.step).map((step) => step.says);
  const stopped = plan.steps[state.step]?.says ?? 'the last look';
  return message(
    `${glyph} ${word}: ${whatOf(change)} at step ${state.step + 1} of ${plan.steps.length}. ${escaped(foreign(state.reason, 200))}`,
    header(`${glyph} ${word} · ${whatOf(change)}`),
    facts(
      [
        fact('Done', done.length === 0 ? 'nothing' : foreign(done.join(', '), 200)),
        fact('Stopped', `at step ${state.step + 1}: ${foreign(stopped, 100)}`),
        fact('By', foreign(peopleWords(change), 120)),
        fact('Next', `look at /model status ${plan.model}, then plan again or roll back`),
      ],
      state.reason,
    ),
    footer(digestWords(change)),
  );
}
