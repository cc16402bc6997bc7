import { accessRefused, trouble, unknownButton, wrongCommand } from '../../../blocks/answers.ts';
import { changeRefused } from '../../../blocks/change-refused.ts';
import { incidentRefused } from '../../../blocks/incident-answers.ts';
import type { Message } from '../../../blocks/message.ts';
import { replayRefused } from '../../../blocks/replay-refused.ts';
import { noShadowCard } from '../../../blocks/shadow-card.ts';
import type { AccessRefusal } from '../../../src/access/refusal.ts';
import type { ReplayRefusal } from '../../../src/alerts/replay-refusal.ts';
import type { ChangeRefusal } from '../../../src/changes/refusal.ts';
import type { IncidentRefusal } from '../../../src/incidents/refusal.ts';
import { Fault } from '../../../src/kernel/fault.ts';
import { type Mood, moods, morning, type Specimen } from './moods.ts';

type Kinds<T extends { kind: string }> = { readonly [K in T['kind']]: Extract<T, { kind: K }> };

/** One refusal of every kind; a new kind does not compile until it stands here. */
function changeRefusals(mood: Mood): Kinds<ChangeRefusal> {
  const { model } = mood;
  const known = Array.from({ length: mood.name === 'nasty' ? 40 : 2 }, () => model);
  const check = { metric: 'auc', value: 0.7996, limit: 0.8, atLeast: true, pass: false };
  return {
    'unknown-model': { kind: 'unknown-model', model: mood.words('promo'), known },
    'unknown-version': { kind: 'unknown-version', model, wanted: mood.words('99'), known: [1, 2, 3] },
    'no-candidate': { kind: 'no-candidate', model, change: 'promotion' },
    'already-serving': { kind: 'already-serving', model, version: 7 },
    'nothing-serves': { kind: 'nothing-serves', model, change: 'rollback' },
    'no-way-back': {
      kind: 'no-way-back',
      model,
      because: mood.words('every older config was itself rolled back from'),
    },
    'shadow-running': { kind: 'shadow-running', model, shadowTest: 'S31' },
    'no-shadow': { kind: 'no-shadow', model },
    'evidence-missing': { kind: 'evidence-missing', model, version: 7, because: mood.words('no report is registered') },
    'evidence-not-met': { kind: 'evidence-not-met', model, version: 7, checks: Array.from(known, () => check) },
    'evidence-not-yet': { kind: 'evidence-not-yet', model, asked: 'verdict' },
    preflight: {
      kind: 'preflight',
      model,
      checks: 12,
      findings: Array.from(known, () => ({
        level: 'stop',
        check: 'alarm',
        sentence: mood.words('Alarm employee-promotion-p99 is firing. It would stop any rollout.'),
        fix: mood.words('Wait for OK, or resolve its incident.'),
      })),
    },
    'endpoint-busy': {
      kind: 'endpoint-busy',
      endpoint: model,
      holder: 'C211',
      by: mood.person('Chidi').name,
      since: morning,
    },
    'unknown-change': { kind: 'unknown-change', id: mood.words('C999') },
    'not-the-planner': { kind: 'not-the-planner', id: 'C212', planner: mood.person('Ana').name },
    'own-request': { kind: 'own-request', id: 'C212', change: 'promotion' },
    'not-an-approver': { kind: 'not-an-approver', id: 'C212', groups: ['S0APPROVERS', 'S0LEADS'] },
    'joined-later': { kind: 'joined-later', id: 'C212' },
    'already-voted': { kind: 'already-voted', id: 'C212' },
    'already-decided': { kind: 'already-decided', id: 'C212', state: 'running', by: mood.person('Bo').name },
    expired: { kind: 'expired', id: 'C212', expiredAt: morning },
    'plan-changed': {
      kind: 'plan-changed',
      id: 'C212',
      what: mood.words('instances'),
      was: mood.words('3'),
      is: mood.words('4'),
    },
    'nothing-to-abort': { kind: 'nothing-to-abort', id: 'C212', state: 'succeeded' },
  };
}

function incidentRefusals(mood: Mood): Kinds<IncidentRefusal> {
  return {
    'unknown-incident': { kind: 'unknown-incident', id: mood.words('I999') },
    'already-acknowledged': { kind: 'already-acknowledged', id: 'I87', by: mood.person('Mira').name, at: morning },
    'already-resolved': { kind: 'already-resolved', id: 'I87', how: mood.words('by itself'), at: morning },
    'not-resolved': { kind: 'not-resolved', id: 'I87' },
  };
}

function replayRefusals(mood: Mood): Kinds<ReplayRefusal> {
  return {
    'unknown-message': { kind: 'unknown-message', id: mood.words('x') },
    'still-unparsed': { kind: 'still-unparsed', id: 'x', name: 'M4412', why: mood.words('neither JSON nor text') },
    'no-incident': { kind: 'no-incident', id: 'x', name: 'M4412', because: mood.words('not newer than I87') },
  };
}

function accessRefusals(mood: Mood): Kinds<AccessRefusal> {
  const ask = mood.name === 'usual' ? ['S0MLENG', 'U0ANA'] : Array.from({ length: 30 }, (_, place) => `U0N${place}`);
  return {
    'not-a-member': { kind: 'not-a-member', standing: 'guest' },
    'other-team': { kind: 'other-team', team: mood.words('T0OTHER') },
    'no-role': { kind: 'no-role', needs: 'deployer', has: ['viewer'], model: mood.model, ask },
    'shared-channel': { kind: 'shared-channel' },
    'identity-unknown': { kind: 'identity-unknown', because: mood.words('slack.users.info timed out') },
  };
}

function troubles(mood: Mood): readonly unknown[] {
  const said = mood.words('AWS denied sagemaker:UpdateEndpoint.');
  return [
    new Fault('aws-denied', said),
    new Fault('aws-throttled', said, { retryable: true }),
    new Fault('aws-no-answer', said, { ambiguous: true }),
    new Error('a secret of the inside'),
  ];
}

/** Every way in which a person is told that something did not happen. */
export const refusals: readonly Specimen<Message>[] = moods.flatMap((mood) => {
  const door = mood.name === 'usual' ? '/model deploy' : mood.words('/model deploy');
  const asked = { door, requestId: '7c1e90d2' };
  const named = (of: string, cards: readonly Message[]) =>
    cards.map((value, place) => ({ name: `${mood.name} ${of} ${place + 1}`, mood, value }));
  const known = Array.from({ length: mood.name === 'usual' ? 4 : 40 }, () => mood.model);
  return [
    ...named(
      'change refused',
      Object.values(changeRefusals(mood)).map((each) => changeRefused(each, '7c1e90d2')),
    ),
    ...named(
      'incident refused',
      Object.values(incidentRefusals(mood)).map((each) => incidentRefused(each, '7c1e90d2')),
    ),
    ...named(
      'replay refused',
      Object.values(replayRefusals(mood)).map((each) => replayRefused(each, '7c1e90d2')),
    ),
    ...named(
      'access refused',
      Object.values(accessRefusals(mood)).map((each) => accessRefused(each, asked)),
    ),
    ...named('nobody has the role', [
      accessRefused({ kind: 'no-role', needs: 'admin', has: [], model: undefined, ask: [] }, asked),
    ]),
    ...named(
      'trouble',
      troubles(mood).map((error) => trouble({ ...asked, error })),
    ),
    ...named('wrong command', [
      wrongCommand({
        problem: 'There is no verb of that name.',
        typed: mood.words('/model promot'),
        tryThis: '/model help',
        known,
      }),
      wrongCommand({ problem: 'The model is missing.', tryThis: '/model status employee-promotion', known: [] }),
    ]),
    ...named('old button', [unknownButton(mood.words('change.fly'))]),
    ...named('no shadow', [noShadowCard(mood.name === 'usual' ? mood.model : mood.words('x'))]),
  ];
});
