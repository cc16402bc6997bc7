import type { WireInput } from './wire-input.ts';

/** What AWS shows of a step's effect before the step is sent. */
export type Look =
  /** The effect is there and its content is ours: nothing is left to send. */
  | { readonly kind: 'ours'; readonly output?: WireInput | undefined }
  | { readonly kind: 'absent' }
  /** Something of that name is there, made by somebody else or with other content. */
  | { readonly kind: 'foreign'; readonly says: string }
  /** Nothing can be sent now; later perhaps. */
  | { readonly kind: 'busy'; readonly says: string };

export type Answer = { readonly requestId?: string | undefined; readonly output?: WireInput | undefined };

/** One AWS operation as the runner needs it. `send` makes one attempt; trouble is a Fault. */
export type Operation = {
  readonly look: (input: WireInput) => Promise<Look>;
  readonly send: (input: WireInput) => Promise<Answer>;
};

/** By `service:Operation`. */
export type Operations = Readonly<Record<string, Operation>>;
