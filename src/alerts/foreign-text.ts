const loneSurrogate = /\p{Surrogate}/gu;
/** Control, zero-width and direction characters: they hide or reorder what a reader sees. */
const unseen = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu;

/** Foreign text as one line that can be kept in state and trail: well-formed, without hidden characters, at most `room` long. */
export function oneLine(text: string, room: number): string {
  const whole = [
    ...text
      .slice(0, room * 4)
      .replace(loneSurrogate, '\ufffd')
      .replace(unseen, ' '),
  ];
  return whole.length <= room
    ? whole.join('').trim()
    : `${whole
        .slice(0, room - 1)
        .join('')
        .trimEnd()}…`;
}
