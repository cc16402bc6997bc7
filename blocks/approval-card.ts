import type { Change, ChangeIn } from '../src/changes/change.ts';
import { shortDigest } from '../src/kernel/digest.ts';
import { spanText } from '../src/kernel/time.ts';
import { type ButtonFace, buttons } from './buttons.ts';
import {
  approvalsText,
  digestWords,
  editOf,
  isShadow,
  needsPieces,
  trafficLines,
  trafficSentence,
  whatOf,
} from './change-words.ts';
import { evidenceLines, evidenceSentence } from './evidence-words.ts';
import { capital, foreign, foreignSentence } from './foreign.ts';
import type { Message } from './message.ts';
import {
  fact,
  facts,
  footer,
  headerOf,
  type Line,
  message,
  moment,
  nameOf,
  type Piece,
  person,
  told,
  utc,
} from './parts.ts';
import { knownLines } from './plan-card.ts';

const checksShown = 4;
const findingsShown = 2;

type Waiting = ChangeIn<'awaiting-approval'>;

/** Waits for a second person: what, why, on what evidence, who may agree, until when. */
export function approvalCard(change: Waiting): Message {
  const { plan, state } = change;
  const title = titleOf(change);
  return message(
    textOf(change, title),
    headerOf(plan.model, (name) => `✋ ${title} · ${whatOf(change, name)}`),
    facts([askedLine(change)], ...(change.reason ? [change.reason] : [])),
    facts([
      ...(isShadow(plan) ? [] : evidenceLines(plan, checksShown)),
      ...knownLines(plan, findingsShown),
      ...trafficLines(plan),
      ...approvedLines(state.votes),
      fact(
        'Needs',
        ...needsPieces(plan.approvals, state.votes),
        `, not ${excluded(change)}, until `,
        moment(state.expiresAt, 'time'),
      ),
    ]),
    buttons(change.id, editOf(change), {
      buttons: [
        approveButton(change),
        { action: 'change.reject', text: 'Reject…', label: `Reject: ${whatOf(change)}` },
      ],
      menu: [{ action: 'change.withdraw', text: `Withdraw (${nameOf(change.requestedBy)})` }],
    }),
    footer(digestWords(change)),
  );
}

function titleOf({ plan, state }: Waiting): string {
  const wanted = plan.approvals.reduce((sum, need) => sum + need.count, 0);
  return state.votes.length === 0 ? 'Approval needed' : `${state.votes.length} of ${wanted} approvals`;
}

function textOf(change: Waiting, title: string): string {
  const { plan, state } = change;
  const proof = isShadow(plan) ? '' : ` ${evidenceSentence(plan)}`;
  const approved =
    state.votes.length === 0 ? '' : ` ${state.votes.map((vote) => nameOf(vote.by)).join(' and ')} approved.`;
  const needs = `Needs ${approvalsText(plan, state.votes.length)}, not of ${nameOf(change.requestedBy)}, until ${utc(state.expiresAt)}`;
  return `✋ ${title}: ${whatOf(change)}, asked by ${nameOf(change.requestedBy)}.${approved}${proof} ${trafficSentence(plan)}. ${needs}.`;
}

/** Whoever asked and whoever has approved already: "Ana or Bo". */
function excluded({ requestedBy, state }: Waiting): string {
  const names = [requestedBy, ...state.votes.map((vote) => vote.by)].map(nameOf);
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function approvedLines(votes: Waiting['state']['votes']): readonly Line[] {
  if (votes.length === 0) return [];
  const each = votes.slice(0, 3).map((vote): readonly Piece[] => [person(vote.by), ' at ', moment(vote.at, 'time')]);
  return [fact('Approved', 'by ', ...each.flatMap((pieces, place) => (place === 0 ? pieces : [', ', ...pieces])))];
}

function approveButton(change: Waiting): ButtonFace {
  const others = change.state.votes.map((vote) => nameOf(vote.by));
  const names = others.length === 0 ? 'in your name' : `in your name and that of ${others.join(' and ')}`;
  const what = whatOf(change);
  return {
    action: 'change.approve',
    text: 'Approve',
    label: `Approve: ${what}`,
    style: 'primary',
    question: {
      title: `${capital(what)}?`,
      text: `${trafficSentence(change.plan)}. Plan ${shortDigest(change.plan.digest)}. Starts once all have agreed, ${names}.`,
      yes: 'Approve',
      no: 'Not yet',
    },
  };
}

type Ended = ChangeIn<'rejected'> | ChangeIn<'expired'> | ChangeIn<'withdrawn'> | ChangeIn<'voided'>;

/** It will not run: who or what ended it, and that nothing was sent. */
export function endedApprovalCard(change: Ended): Message {
  const { glyph, word, says, lines, quote } = endOf(change);
  return message(
    `${glyph} ${word}: ${whatOf(change)}. ${says} Nothing was sent to AWS.`,
    headerOf(change.plan.model, (name) => `${glyph} ${word} · ${whatOf(change, name)}`),
    told(lines, { quote }, [askedLine(change)], { quote: change.reason ?? '' }, [
      fact('Now', 'nothing was sent to AWS'),
      ...(isLate(change) ? [fact('Next', 'plan it again and ask again')] : []),
    ]),
    footer(`${digestWords(change)}${change.state.kind === 'voided' ? ' is void' : ''}`),
  );
}

/** Nobody said no: time or the world was against it. */
function isLate({ state }: Ended): boolean {
  return state.kind === 'expired' || state.kind === 'voided';
}

type End = {
  readonly glyph: string;
  readonly word: string;
  readonly says: string;
  readonly lines: readonly Line[];
  readonly quote: string;
};

function endOf(change: Ended): End {
  const { state } = change;
  switch (state.kind) {
    case 'rejected':
      return {
        glyph: '⛔',
        word: 'Rejected',
        says: `By ${nameOf(state.by)}; the reason is on the card.`,
        lines: [fact('Rejected', 'by ', person(state.by), ', ', moment(state.at))],
        quote: state.reason,
      };
    case 'expired': {
      const waited = `not enough people agreed in ${spanText(state.at - change.requestedAt)}`;
      return {
        glyph: '⏰',
        word: 'Expired',
        says: `${capital(waited)}.`,
        lines: [fact('Expired', moment(state.at), `, ${waited}`)],
        quote: '',
      };
    }
    case 'withdrawn':
      return {
        glyph: '⛔',
        word: 'Withdrawn',
        says: `By ${nameOf(state.by)}.`,
        lines: [fact('Withdrawn', 'by ', person(state.by), ', ', moment(state.at))],
        quote: '',
      };
    case 'voided':
      return {
        glyph: '⚠️',
        word: 'Plan changed, approval void',
        says: foreignSentence(state.reason, 160),
        lines: [
          fact('Changed', foreign(state.reason, 200)),
          fact('Seen', moment(state.at)),
          fact('Means', 'what would run is not what was approved'),
        ],
        quote: '',
      };
    default:
      return state satisfies never;
  }
}

function askedLine(change: Change): Line {
  const at = change.state.kind === 'awaiting-approval' ? change.state.askedAt : change.requestedAt;
  return fact('Asked', `by ${nameOf(change.requestedBy)}, `, moment(at));
}
