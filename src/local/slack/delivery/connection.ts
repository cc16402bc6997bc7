import type { Now } from '../../../kernel/time.ts';
import type { FaultBook } from '../faults.ts';
import type { AppAnswer } from './app-line.ts';
import type { Deliveries } from './deliveries.ts';
import { usualEvents } from './events.ts';
import { type HttpLine, openHttpLine, type SentRequest } from './http-line.ts';

/** Where the app listens. With several URLs they take turns. */
export type AppAddress = ({ readonly requestUrl: string } | { readonly requestUrls: readonly string[] }) & {
  /** The events that the app's manifest names; by default mentions, the Home tab and people's messages. */
  readonly events?: readonly string[];
};

/** The app as Slack knows it: where it listens, and for what. */
export type Connection = {
  /** Points Slack at the app; returns what points it away again. */
  readonly connectApp: (address: AppAddress) => () => void;
  readonly wantedEvents: () => readonly string[];
  /** The signed requests that went out to the app, for sending one again. */
  readonly sent: () => readonly SentRequest[];
  readonly replay: (sentId: number) => Promise<AppAnswer>;
};

export type ConnectionDeps = {
  readonly wall: Now;
  readonly signingSecret: string;
  readonly answerLimitMs: number;
  readonly faults: FaultBook;
  readonly deliveries: Deliveries;
};

export function openConnection({ deliveries, faults, ...deps }: ConnectionDeps): Connection {
  let wantedEvents = usualEvents;
  let line: HttpLine | undefined;
  return {
    connectApp: ({ events = usualEvents, ...address }) => {
      const requestUrls = 'requestUrl' in address ? [address.requestUrl] : address.requestUrls;
      if (requestUrls.length === 0) throw new Error('an app needs at least one request URL');
      wantedEvents = events;
      line = openHttpLine({ ...deps, requestUrls, disguise: faults.disguise });
      return deliveries.connect(line);
    },
    wantedEvents: () => wantedEvents,
    sent: () => line?.sent() ?? [],
    replay: (sentId) => {
      if (!line) throw new Error('no app is connected');
      return line.replay(sentId);
    },
  };
}
