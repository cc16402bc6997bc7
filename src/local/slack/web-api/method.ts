import type { TellApp } from '../delivery/events.ts';
import type { Triggers } from '../delivery/triggers.ts';
import type { Json } from '../workspace/as-json.ts';
import type { Messages } from '../workspace/messages.ts';
import type { Views } from '../workspace/views.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Args } from './args.ts';

/** Slack's classes of how often a method may be called; `post` is the one message a second in a channel. */
export type Tier = 1 | 2 | 3 | 4 | 'post' | 'free';

/** What every method works on. */
export type Ground = {
  readonly workspace: Workspace;
  readonly messages: Messages;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly tellApp: TellApp;
};

/** One method of the Web API: its tier, whether it answers without a token, and what it does. */
export type Method = {
  readonly tier: Tier;
  readonly isOpen?: boolean;
  readonly run: (args: Args, ground: Ground) => Json;
};

export type Methods = Readonly<Record<string, Method>>;
