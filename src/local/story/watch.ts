import type { LocalSlack } from '../slack/local-slack.ts';
import type { SeenMessage } from '../slack/people/look.ts';

const lookEveryMs = 50;

/** Waits for a fact of the world, looking again and again in real time. A wait keeps no process alive whose world has closed. */
export async function until<T>(what: string, look: () => T | undefined, withinMs = 60_000): Promise<T> {
  const started = performance.now();
  for (;;) {
    const seen = look();
    if (seen !== undefined) return seen;
    if (performance.now() - started > withinMs) throw new Error(`The story waited ${withinMs / 1_000} s for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs).unref());
  }
}

/** Somebody in the story: types, presses, and hears what only they can see. */
export type Player = {
  /** Types a command and resolves with the private answer. */
  readonly types: (line: string) => Promise<SeenMessage>;
  /** Presses a button; resolves when Slack has delivered the press. */
  readonly presses: (on: SeenMessage, button: string) => Promise<void>;
  /** Presses a button and resolves with the private answer to it. */
  readonly hears: (on: SeenMessage, button: string) => Promise<SeenMessage>;
};

export function makePlayer(slack: LocalSlack, user: string, channel: string): Player {
  const person = slack.as(user);
  const next = async (act: () => Promise<unknown>): Promise<SeenMessage> => {
    const before = slack.ephemerals(user).length;
    await act();
    return until(`a private answer to ${user}`, () => slack.ephemerals(user)[before]);
  };
  return {
    types: (line) => next(() => person.command(channel, line)),
    presses: async (on, button) => {
      await person.click(on, button);
    },
    hears: (on, button) => next(() => person.click(on, button)),
  };
}

/** The newest message of the channel whose reading matches; waited for. */
export function newestCard(slack: LocalSlack, channel: string, reading: RegExp): Promise<SeenMessage> {
  return until(`a card that reads ${reading}`, () =>
    [...slack.messages(channel)].reverse().find((message) => reading.test(slack.plainText(message))),
  );
}

/** The same message once it reads differently; waited for. */
export async function cardBecomes(slack: LocalSlack, card: SeenMessage, reading: RegExp): Promise<SeenMessage> {
  return until(`the card to read ${reading}`, () => {
    const now = slack.messages(card.channel).find((message) => message.ts === card.ts);
    return now && reading.test(slack.plainText(now)) ? now : undefined;
  });
}
