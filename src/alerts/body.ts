import type { EpochMs } from '../kernel/time.ts';

/** The inner message of an envelope on its way to the readers. `json` is undefined when the text is no JSON. */
export type ParsedBody = {
  readonly text: string;
  readonly json: unknown;
  readonly subject: string | undefined;
  readonly topic: string;
  readonly sentAt: EpochMs;
};

/** Never throws: text that is no JSON stays text. */
export function parseBody(body: Omit<ParsedBody, 'json'>): ParsedBody {
  return { ...body, json: parseJson(body.text) };
}

/** The value of a JSON text, or undefined. A byte order mark in front is tolerated. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
