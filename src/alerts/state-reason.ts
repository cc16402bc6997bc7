/** The numbers inside CloudWatch's sentence about a state. Each is undefined when the sentence does not hold it. */
export type StateReason = {
  /** The newest datapoint. */
  readonly value: number | undefined;
  readonly limit: number | undefined;
  /** "3 out of the last 3 datapoints". */
  readonly over: { readonly count: number; readonly of: number } | undefined;
};

const longestRead = 4_000;
const number = String.raw`[-+]?\d+(?:\.\d+)?(?:[Ee][-+]?\d+)?`;
const outOf = /(\d+) out of the last (\d+) datapoints?/i;
const listed = /(\d+) datapoints? [[(]/i;
/** From five datapoints on they are listed in a sentence of their own: "The most recent datapoints which crossed …: […]". */
const points = /datapoints?(?: which crossed the thresholds?:)? (?:\[([^\]]*)\]|\(([^)]*)\))/i;
/** `812345.0 (24/11/26 02:11:00)`: day, month, year. */
const point = new RegExp(String.raw`(${number})(?:\s*\((\d\d)/(\d\d)/(\d\d) (\d\d:\d\d:\d\d)\))?`, 'g');
const threshold = new RegExp(String.raw`thresholds? [[(](${number})[\])]`, 'i');

/**
 * Reads `Threshold Crossed: 3 out of the last 3 datapoints [812345.0 (24/11/26 02:11:00), …] were greater than the
 * threshold (500000.0) …`. AWS documents the sentence nowhere, so whatever does not match is left out.
 */
export function parseStateReason(reason: string): StateReason {
  const text = reason.slice(0, longestRead);
  const list = points.exec(text);
  const limit = threshold.exec(text)?.[1];
  return {
    value: newestPoint(list?.[1] ?? list?.[2] ?? ''),
    limit: limit === undefined ? undefined : Number(limit),
    over: overLimit(text),
  };
}

function newestPoint(list: string): number | undefined {
  let newest: { value: number; stamp: string } | undefined;
  for (const [, value, day, month, year, time] of list.matchAll(point)) {
    const stamp = day === undefined ? '' : `${year}/${month}/${day} ${time}`;
    // Without instants the first one counts: CloudWatch lists the newest first.
    if (newest === undefined || stamp > newest.stamp) newest = { value: Number(value), stamp };
  }
  return newest?.value;
}

function overLimit(text: string): StateReason['over'] {
  const match = outOf.exec(text);
  if (match) return { count: Number(match[1]), of: Number(match[2]) };
  const count = listed.exec(text)?.[1];
  return count === undefined ? undefined : { count: Number(count), of: Number(count) };
}
