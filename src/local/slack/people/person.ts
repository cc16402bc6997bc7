import { getUser } from '../delivery/envelopes.ts';
import { command } from './command.ts';
import type { Entry } from './fill.ts';
import type { Stage } from './ground.ts';
import { type SeenMessage, seenMessage } from './look.ts';
import { choose, click, type PressOptions } from './press.ts';
import type { Seen } from './seen.ts';
import { openHome, react, say, shortcut } from './speak.ts';
import { closeView, type Entries, submit } from './submit.ts';
import { type Offer, suggest } from './suggest.ts';
import type { MessageRef, Ref, ViewRef } from './target.ts';

/** Somebody at a screen. Each act resolves with what that person sees at once; nothing waits for another person's act. */
export type Person = {
  readonly id: string;
  /** `command('C0PROMO', '/model status')` */
  readonly command: (channel: string, line: string) => Promise<Seen>;
  /** Presses a button or an option of ⋯, by the words on it or by action id. A question is answered with yes. */
  readonly click: (on: Ref, label: string, options?: PressOptions) => Promise<Seen>;
  /** Picks from a menu by the option's value or words, or fills an element. */
  readonly choose: (on: Ref, actionId: string, entry: Entry, options?: PressOptions) => Promise<Seen>;
  /** Fills the form's questions by block id and sends it. */
  readonly submit: (view: ViewRef, entries?: Entries) => Promise<Seen>;
  readonly closeView: (view: ViewRef) => Promise<Seen>;
  /** Types into a menu whose options the app provides. */
  readonly suggest: (on: Ref, actionId: string, query: string) => Promise<Offer>;
  readonly shortcut: (on: MessageRef, callbackId: string) => Promise<Seen>;
  readonly say: (channel: string, text: string, options?: { readonly threadTs?: string }) => SeenMessage;
  readonly react: (on: MessageRef, name: string) => void;
  readonly openHome: () => void;
};

export function makePerson(stage: Stage, id: string): Person {
  // Looked up at each act: a person may be deactivated between two of them.
  const who = () => {
    const user = getUser(stage.workspace, id);
    if (user.deleted) throw new Error(`${id} has been deactivated`);
    return user;
  };
  who();
  return {
    id,
    command: async (channel, line) => command(stage, who(), { channel, line }),
    click: async (on, label, options = {}) => click(stage, who(), { on, label, options }),
    choose: async (...[on, actionId, entry, options = {}]) => choose(stage, who(), { on, actionId, entry, options }),
    submit: async (view, entries = {}) => submit(stage, who(), { view, entries }),
    closeView: async (view) => closeView(stage, who(), view),
    suggest: async (on, actionId, query) => suggest(stage, who(), { on, actionId, query }),
    shortcut: async (on, callbackId) => shortcut(stage, who(), { on, callbackId }),
    say: (channel, text, options = {}) => seenMessage(say(stage, who(), { channel, text, ...options })),
    react: (on, name) => react(stage, who(), { on, name }),
    openHome: () => openHome(stage, who()),
  };
}
