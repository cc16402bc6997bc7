import type { AppAnswer, Failure } from '../delivery/app-line.ts';

/** The question that stood before the act, word for word. */
export type Asked = { readonly title: string; readonly text: string; readonly confirm: string; readonly deny: string };

/** What a person sees at once and alone after doing something. What the app does later is read from the channel. */
export type Seen = {
  /** False when nothing left the screen: the question was answered with no, or a form was incomplete. */
  readonly wasSent: boolean;
  /** HTTP status of the app's answer; 0 when there was none. */
  readonly status: number;
  /** The app's answer as it came. */
  readonly body: string;
  readonly ms: number;
  /** The words that appear privately; '' when nothing does. */
  readonly sentence: string;
  readonly failure?: Failure;
  /** The words under the questions of a form, by block id. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly asked?: Asked;
  /** Where a link button leads. */
  readonly link?: string;
};

export function notSent(more: Partial<Seen> = {}): Seen {
  return { wasSent: false, status: 0, body: '', ms: 0, sentence: '', ...more };
}

/** Slack's own words when an app does not answer. `what` is what the person did: `/model`, `This button`. */
export function seenAfter(answer: AppAnswer, what: string): Seen {
  const { status, body, ms, failure } = answer;
  const sentence = failure ? `${what} failed with the error "${failure}"` : '';
  return { wasSent: true, status, body, ms, sentence, ...(failure && { failure }) };
}
