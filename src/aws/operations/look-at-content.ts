import type { Look } from '../../runner/operation.ts';
import type { WireInput } from '../../runner/wire-input.ts';
import { holds, without } from '../wire.ts';

/** What Describe never shows, so that it cannot be compared. */
const unseen = ['Tags', 'ClientToken'];

/** Something of the name is ours when it holds all that we asked for; else somebody else made it. */
export function lookAtContent(what: string, shown: object | undefined, input: WireInput): Look {
  if (!shown) return { kind: 'absent' };
  if (holds(shown, without(input, ...unseen))) return { kind: 'ours' };
  return { kind: 'foreign', says: `${what} exists already and is not what was planned.` };
}
