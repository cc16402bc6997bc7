import type { ChangeIn } from '../src/changes/change.ts';
import { spanText } from '../src/kernel/time.ts';
import { type ButtonFace, buttons } from './buttons.ts';
import { digestWords, editOf, isShadow, namedVersions, peopleLine, servedBefore, whatOf } from './change-words.ts';
import { capital, foreign, foreignName, foreignSentence, glued } from './foreign.ts';
import type { Message } from './message.ts';
import { code, fact, facts, footer, headerOf, type Line, message, moment, told, utc } from './parts.ts';

/** It is as asked: proven by the endpoint's config, not by its status. */
export function succeededCard(change: ChangeIn<'succeeded'>): Message {
  return isShadow(change.plan) ? shadowDoneCard(change) : liveCard(change);
}

function liveCard(change: ChangeIn<'succeeded'>): Message {
  const { plan, state } = change;
  const took = spanText(state.endedAt - state.startedAt);
  const kept = plan.from ? ` ${capital(servedBefore(plan))} is kept for a rollback.` : '';
  const again = plan.kind === 'rollback' ? 'takes all traffic again' : 'serves all traffic';
  return message(
    `✅ Live: ${foreignName(plan.model, 48)} ${plan.target.version} ${again} since ${utc(state.endedAt)}, after ${took}.${kept}`,
    headerOf(plan.model, (name) => `✅ Live · ${namedVersions(plan, name)}`),
    facts(
      [
        fact('Serving', `version\u00a0${plan.target.version}, all traffic since `, moment(state.endedAt)),
        fact('Took', took),
        fact('Runs', `${foreignName(plan.target.configName)}, as asked`),
        ...(plan.from ? [fact('Kept', `${servedBefore(plan)} (${foreignName(plan.from.configName)})`)] : []),
        peopleLine(change, 'chips'),
      ],
      ...(plan.kind === 'rollback' && change.reason !== undefined ? [change.reason] : []),
    ),
    buttons(change.id, editOf(change), { buttons: plan.from ? [rollBackButton(change)] : [] }),
    footer(digestWords(change)),
  );
}

function shadowDoneCard(change: ChangeIn<'succeeded'>): Message {
  const { plan, state } = change;
  const took = spanText(state.endedAt - state.startedAt);
  const started = plan.kind === 'shadow-start';
  const means = started
    ? `requests are mirrored to version\u00a0${plan.target.version}; its answers reach nobody`
    : `no shadow is left, ${servedBefore(plan)} serves alone`;
  return message(
    `✅ Done: ${whatOf(change)}, ${utc(state.endedAt)}, after ${took}. ${capital(means)}.`,
    headerOf(plan.model, (name) => `✅ Done · ${whatOf(change, name)}`),
    facts([
      fact('Done', moment(state.endedAt), `, after ${took}`),
      fact('Means', means),
      peopleLine(change, 'chips'),
      ...(started ? [fact('Next', 'the card of the shadow test follows it from here')] : []),
    ]),
    footer(digestWords(change)),
  );
}

function rollBackButton({ plan }: Pick<ChangeIn<'succeeded'>, 'plan'>, style?: 'primary' | undefined): ButtonFace {
  return {
    action: 'change.roll-back',
    text: 'Roll back…',
    label: `Roll back ${plan.model} from version\u00a0${plan.target.version}`,
    ...(style ? { style } : {}),
  };
}

/** SageMaker went back, or somebody stopped it in time: why, and what serves now. */
export function rolledBackCard(change: ChangeIn<'rolled-back'>): Message {
  const { plan, state } = change;
  const stays = isShadow(plan) ? 'is as before' : `stays on ${plan.from?.version ?? 'the old config'}`;
  const { title, why } = causeOf(change);
  return message(
    `↩️ ${title}: ${foreignName(plan.model, 48)} ${stays}. ${capital(why)}. ${foreignName(state.liveConfig) || 'The old config'} serves since ${utc(state.endedAt)}.`,
    headerOf(plan.model, (name) => `↩️ ${title} · ${name} ${stays}`),
    told([fact('Why', why)], { quote: state.reason }, [
      fact('Asked', foreignName(plan.target.configName)),
      fact('Runs', foreignName(state.liveConfig) || 'what ran before'),
      fact('From', moment(state.startedAt), ' to ', moment(state.endedAt, 'time')),
      peopleLine(change, 'chips'),
    ]),
    footer(digestWords(change)),
  );
}

/** "In silence" is when SageMaker went back and no alarm of the plan fired; a person's abort names no alarm either. */
function causeOf({ plan, state }: ChangeIn<'rolled-back'>): { readonly title: string; readonly why: string } {
  const { abortAlarm } = plan.rollout;
  if (abortAlarm !== undefined && state.alarm === abortAlarm)
    return { title: 'Rolled back', why: 'Abort was pressed and its alarm fired' };
  if (state.alarm !== undefined) return { title: 'Rolled back', why: `alarm ${foreignName(state.alarm)} fired` };
  if (/\baborted\b|\bAbort\b/.test(state.reason)) return { title: 'Rolled back', why: 'Abort was pressed' };
  return { title: 'Rolled back in silence', why: 'no alarm of the plan fired' };
}

type Stopped = ChangeIn<'failed'> | ChangeIn<'interrupted'>;

/** It stopped half-way: what was done, what was not, what to do. */
export function stoppedCard(change: Stopped): Message {
  const { plan, state } = change;
  const { word, glyph } =
    state.kind === 'failed' ? { word: 'Failed', glyph: '❌' } : { word: 'Interrupted', glyph: '⚠️' };
  const at = `step ${Math.min(state.step + 1, plan.steps.length)} of ${plan.steps.length}`;
  const undone = plan.steps.slice(0, state.step).length;
  return message(
    `${glyph} ${word}: ${whatOf(change)}, at ${at}. ${foreignSentence(state.reason, 300)}`,
    headerOf(plan.model, (name) => `${glyph} ${word} · ${whatOf(change, name)}`),
    told(
      [fact('Stopped', `at ${at}: ${glued(foreign(plan.steps[state.step]?.says ?? 'the last look', 90))}`)],
      { quote: state.reason },
      [
        fact('Done', undone === 0 ? 'nothing before it' : doneWords(change, undone)),
        fact('When', moment(state.kind === 'failed' ? state.endedAt : state.at), `, after ${tookOf(state)}`),
        peopleLine(change, 'chips'),
        nextLine(change),
      ],
    ),
    buttons(change.id, editOf(change), {
      buttons: movedTraffic(change) ? [rollBackButton(change, state.kind === 'failed' ? 'primary' : undefined)] : [],
    }),
    footer(digestWords(change)),
  );
}

function tookOf(state: Stopped['state']): string {
  return spanText((state.kind === 'failed' ? state.endedAt : state.at) - state.startedAt);
}

function doneWords({ plan }: Stopped, steps: number): string {
  const last = plan.steps[steps - 1]?.says ?? '';
  const words = glued(foreign(last, 90));
  return steps === 1 ? words : `${steps} steps, last: ${words}`;
}

function nextLine(change: Stopped): Line {
  const look = code(`/model status ${change.plan.model}`);
  if (!movedTraffic(change)) return fact('Next', 'no traffic was moved; look at ', look, ', then plan again');
  return fact(
    'Next',
    'look at ',
    look,
    change.state.kind === 'failed' ? ', then roll back' : ', then roll back or plan again',
  );
}

/** Only a step that waits for the endpoint moves traffic; before it, there is nothing to take back. */
function movedTraffic({ plan, state }: Stopped): boolean {
  if (isShadow(plan) || !plan.from) return false;
  const target = plan.target.configName;
  return plan.steps.slice(0, state.step + 1).some((step) => step.awaits?.configName === target);
}
