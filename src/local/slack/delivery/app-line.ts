import type { Json } from '../workspace/as-json.ts';

/** What Slack hands to an app. The kinds are those of a Socket Mode envelope; over HTTP they decide the encoding. */
export type Envelope = {
  readonly kind: 'slash_commands' | 'interactive' | 'events_api';
  /** For lists of what is under way: `command /model status by U0ANA`. */
  readonly label: string;
  readonly payload: Json;
  readonly retry?: { readonly number: number; readonly reason: string };
};

/** Why an answer did not count, in the words that Slack shows to the person. */
export type Failure = 'operation_timeout' | 'dispatch_failed' | 'http_error' | 'invalid_answer' | 'no_app';

export type AppAnswer = {
  /** HTTP status; 0 when there was none. */
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly ms: number;
  readonly failure?: Failure;
};

/** The way to the app: signed HTTP requests, or a socket that the app has opened. */
export type AppLine = { readonly send: (envelope: Envelope) => Promise<AppAnswer> };
