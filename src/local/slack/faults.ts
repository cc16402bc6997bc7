import type { Envelope } from './delivery/app-line.ts';
import type { Disguise } from './delivery/http-line.ts';

/** Something that goes wrong with the next calls of the app. */
export type CallFault = {
  /** `chat.postMessage`, or `response_url` for answers to a command or press; every method when left out. */
  readonly method?: string;
  readonly channel?: string;
  /**
   * `rate-limited` 429 · `error-500` nothing done · `answer-lost` done, then the connection breaks ·
   * `slow` done at once, answered after `ms` · `hang` nothing done, never answered
   */
  readonly kind: 'rate-limited' | 'error-500' | 'answer-lost' | 'slow' | 'hang';
  readonly times: number;
  readonly ms?: number;
};

/** Something that goes wrong with the next deliveries to the app. */
export type DeliveryFault = {
  /** Left out: commands, presses, forms and events alike. */
  readonly delivery?: Envelope['kind'];
  /** `duplicate` the same signed bytes twice at the same time · `skewed` stamped `ms` from now, signed correctly */
  readonly kind: 'duplicate' | 'skewed';
  readonly times: number;
  readonly ms?: number;
};

/** Faults on request. Each is used up `times` times, the oldest first. */
export type Faults = {
  readonly add: (fault: CallFault | DeliveryFault) => void;
  readonly clear: () => void;
};

export type FaultBook = Faults & {
  readonly forCall: (call: { method: string; channel: string }) => CallFault | undefined;
  readonly disguise: (envelope: Envelope) => Disguise;
};

export function openFaults(): FaultBook {
  let calls: (CallFault & { left: number })[] = [];
  let deliveries: (DeliveryFault & { left: number })[] = [];

  function use<F extends { left: number }>(fault: F | undefined): F | undefined {
    if (fault) fault.left -= 1;
    return fault;
  }

  return {
    add: (fault) => {
      if (fault.kind === 'duplicate' || fault.kind === 'skewed')
        deliveries.push({ ...fault, kind: fault.kind, left: fault.times });
      else calls.push({ ...fault, kind: fault.kind, left: fault.times });
    },
    clear: () => {
      calls = [];
      deliveries = [];
    },
    forCall: ({ method, channel }) =>
      use(
        calls.find(
          (fault) => fault.left > 0 && (fault.method ?? method) === method && (fault.channel ?? channel) === channel,
        ),
      ),
    disguise: ({ kind }) => {
      const fault = use(deliveries.find((one) => one.left > 0 && (one.delivery ?? kind) === kind));
      return {
        copies: fault?.kind === 'duplicate' ? 2 : 1,
        skewSeconds: fault?.kind === 'skewed' ? Math.round((fault.ms ?? 0) / 1_000) : 0,
      };
    },
  };
}
