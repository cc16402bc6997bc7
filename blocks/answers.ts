import type { Role } from '../src/access/person.ts';
import type { AccessRefusal } from '../src/access/refusal.ts';
import { Fault } from '../src/kernel/fault.ts';
import { foreign } from './foreign.ts';
import type { Message } from './message.ts';
import { bold, code, line, listed, type Piece, whoever } from './parts.ts';
import { type Answer, answer } from './sentence.ts';

type Asked = { readonly door: string; readonly requestId: string };

const help = { action: 'answer.help', text: 'Help', label: 'Everything that /model can do' } as const;

/** A door that stayed shut: which role it needs, which one the person has, whom to ask. */
export function accessRefused(refusal: AccessRefusal, { door, requestId }: Asked): Message {
  return answer({
    ...shut(refusal),
    glyph: 'no_entry',
    what: `Not done: ${foreign(door, 60)}.`,
    foot: `request ${requestId} · written to the audit trail · only you see this`,
  });
}

const standings: Readonly<Record<Extract<AccessRefusal, { kind: 'not-a-member' }>['standing'], string>> = {
  guest: 'Your account is a guest here.',
  stranger: 'Your account belongs to another workspace.',
  bot: 'Your account is a bot.',
  deactivated: 'Your account is deactivated.',
  member: 'Your account is not known as a member here.',
};

function shut(refusal: AccessRefusal): Pick<Answer, 'why' | 'next'> {
  switch (refusal.kind) {
    case 'not-a-member':
      return {
        why: `${standings[refusal.standing]} Only members of this workspace may act.`,
        next: ['ask a member of this workspace to do it'],
      };
    case 'other-team':
      return {
        why: 'Your account belongs to another workspace.',
        next: ['ask a member of this workspace to do it'],
      };
    case 'no-role':
      return {
        why: ['It needs the role ', bold(refusal.needs), '. You are ', bold(highest(refusal.has)), '.'],
        next: askWhom(refusal.ask),
      };
    case 'shared-channel':
      return {
        why: 'This channel is shared with another organisation, or Understudy is not in it. Acts are refused here.',
        next: ['do it in the channel of the model'],
      };
    case 'identity-unknown':
      return {
        why: `Slack does not say who you are now: ${foreign(refusal.because, 120)}`,
        next: ['press again in a minute'],
      };
    default:
      return refusal satisfies never;
  }
}

function highest(roles: readonly Role[]): string {
  return roles.at(-1) ?? 'viewer';
}

function askWhom(ask: readonly string[]): readonly Piece[] {
  if (ask.length === 0)
    return ['nobody has this role; an admin names somebody under roles in ', code('understudy.yml')];
  const more = ask.length > 3 ? ` and ${ask.length - 3} more` : '';
  return ['ask ', ...listed(ask.slice(0, 3).map(whoever)), more];
}

/** A wrong command is repeated as typed, with what to type instead. */
export function wrongCommand(wrong: {
  readonly problem: string;
  readonly tryThis: string;
  readonly known: readonly string[];
  readonly typed?: string;
}): Message {
  const problem = `${wrong.problem.charAt(0).toLowerCase()}${wrong.problem.slice(1)}`;
  const hidden = wrong.known.length > 14 ? ` and ${wrong.known.length - 14} more` : '';
  return answer({
    glyph: 'question',
    what: `Nothing done: ${problem}`,
    why: wrong.typed === undefined ? [] : [bold('Typed'), '  ', code(foreign(wrong.typed, 120))],
    more:
      wrong.known.length === 0
        ? []
        : [line(bold('Known'), `  ${foreign(wrong.known.slice(0, 14).join(', '), 160)}${hidden}`)],
    next: ['type ', code(wrong.tryThis)],
    row: { ref: 'help', buttons: [help] },
    foot: 'only you see this',
  });
}

/** The world broke on the way. What is not known is called not known. */
export function trouble({ door, error, requestId }: Asked & { readonly error: unknown }): Message {
  const fault = error instanceof Fault ? error : undefined;
  const what = foreign(door, 60);
  const foot = `request ${requestId} · only you see this`;
  if (fault?.ambiguous) {
    return answer({
      glyph: 'question',
      what: `Not known yet: ${what}.`,
      why: `${foreign(fault.message, 240)} It may have happened.`,
      next: ['look at its card before you press again'],
      foot,
    });
  }
  return answer({
    glyph: 'x',
    what: `Not done: ${what}.`,
    why: fault ? foreign(fault.message, 280) : 'Something broke inside Understudy; it is in the log.',
    next: [
      fault?.retryable
        ? 'try again in a moment; it is safe to repeat'
        : 'show the request id to whoever runs Understudy',
    ],
    foot,
  });
}

/** A button of an older version of us. */
export function unknownButton(action: string): Message {
  return answer({
    glyph: 'question',
    what: `Nothing done: this button (${foreign(action, 60)}) is not in use any more.`,
    next: ['type ', code('/model help')],
    row: { ref: 'help', buttons: [help] },
    foot: 'only you see this',
  });
}
