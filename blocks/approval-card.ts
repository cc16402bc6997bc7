import type { ChangeIn } from '../src/changes/change.ts';
import { digestWords, evidenceLines, needsPieces, rolloutWords, wayBackWords, whatOf } from './change-words.ts';
import { escaped, foreign } from './foreign.ts';
import type { Message } from './message.ts';
import { buttons, fact, facts, footer, header, message, moment, utc, whoever } from './parts.ts';

/** Waits for a second person: what, why, on what evidence, who may agree, until when. */
export function approvalCard(change: ChangeIn<'awaiting-approval'>): Message {
  const { plan, state } = change;
  const given = state.votes.length;
  const wanted = plan.approvals.reduce((sum, need) => sum + need.count, 0);
  const title = given === 0 ? 'Approval needed' : `${given} of ${wanted} approvals`;
  const votes =
    given === 0 ? [] : [fact('Approved', state.votes.map((vote) => foreign(vote.by.name, 40)).join(' and '))];
  return message(
    `✋ ${title}: ${whatOf(change)}, asked by ${escaped(foreign(change.requestedBy.name, 40))}. ${rolloutWords(plan)}, back ${wayBackWords(plan)}. Until ${utc(state.expiresAt)}. Plan ${digestWords(change)}.`,
    header(`✋ ${title} · ${whatOf(change)}`),
    facts(
      [fact('Asked', `by ${foreign(change.requestedBy.name, 40)}, `, moment(state.askedAt))],
      ...(change.reason ? [change.reason] : []),
    ),
    facts([
      ...evidenceLines(plan),
      ...(plan.from
        ? [fact('Rollout', rolloutWords(plan)), fact('Back', wayBackWords(plan))]
        : [fact('Rollout', 'first version on an empty endpoint')]),
      ...votes,
      fact(
        'Needs',
        ...needsPieces(plan, whoever),
        `, not ${foreign(change.requestedBy.name, 40)}, until `,
        moment(state.expiresAt, 'time'),
      ),
    ]),
    buttons(change.id, 2 + given, {
      buttons: [
        {
          action: 'change.approve',
          text: 'Approve',
          label: `Approve: ${whatOf(change)}`,
          style: 'primary',
          question: {
            title: `${capital(whatOf(change))}?`,
            text: `${capital(rolloutWords(plan))}, back ${wayBackWords(plan)}. ${digestWords(change)}. Starts at once, in your name.`,
            yes: 'Approve',
            no: 'Not yet',
          },
        },
        { action: 'change.reject', text: 'Reject…', label: `Reject: ${whatOf(change)}` },
      ],
      menu: [{ action: 'change.withdraw', text: `Withdraw (${foreign(change.requestedBy.name, 40)})` }],
    }),
    footer(digestWords(change)),
  );
}

type Ended = ChangeIn<'rejected'> | ChangeIn<'expired'> | ChangeIn<'withdrawn'> | ChangeIn<'voided'>;

/** It will not run: who or what ended it, and that nothing was sent. */
export function endedApprovalCard(change: Ended): Message {
  const { glyph, word, sentence, quote } = endOf(change);
  return message(
    `${glyph} ${word}: ${whatOf(change)}. ${sentence} Nothing was sent to AWS.`,
    header(`${glyph} ${word} · ${whatOf(change)}`),
    facts(
      [fact('Asked', `by ${foreign(change.requestedBy.name, 40)}, `, moment(change.requestedAt)), fact(word, sentence)],
      ...quote,
    ),
    footer(`${digestWords(change)} · nothing was sent to AWS`),
  );
}

function endOf(change: Ended): { glyph: string; word: string; sentence: string; quote: readonly string[] } {
  const { state } = change;
  switch (state.kind) {
    case 'rejected':
      return {
        glyph: '⛔',
        word: 'Rejected',
        sentence: `By ${escaped(foreign(state.by.name, 40))}.`,
        quote: [state.reason],
      };
    case 'expired':
      return { glyph: '⏰', word: 'Expired', sentence: 'Nobody agreed in time. Ask again with a new plan.', quote: [] };
    case 'withdrawn':
      return { glyph: '⛔', word: 'Withdrawn', sentence: `By ${escaped(foreign(state.by.name, 40))}.`, quote: [] };
    case 'voided':
      return {
        glyph: '⚠️',
        word: 'Plan changed, approval void',
        sentence: 'What would run is not what was approved. Plan again.',
        quote: [state.reason],
      };
    default:
      return state satisfies never;
  }
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
