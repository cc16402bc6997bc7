import { checkOptions } from '../../../../blocks/limits.ts';
import { interaction } from '../delivery/envelopes.ts';
import type { Json } from '../workspace/as-json.ts';
import type { Placed } from '../workspace/state-values.ts';
import type { User } from '../workspace/workspace.ts';
import { parseBody } from './command.ts';
import type { Stage } from './ground.ts';
import { notSent, type Seen, seenAfter } from './seen.ts';
import { findTarget, getPlaced, placeKey, type Ref, type Target } from './target.ts';

/** Slack asks the app only after this many characters, unless the element says otherwise. */
const usualQueryLength = 3;

export type Offer = Seen & { readonly options: readonly Json[] };

/** Types into a menu whose options come from the app, and reads what it offers. */
export async function suggest(
  stage: Stage,
  user: User,
  at: { on: Ref; actionId: string; query: string },
): Promise<Offer> {
  const target = findTarget(stage, user.id, at.on);
  const placed = getPlaced(target, at.actionId, { pick: ({ element }) => element.action_id === at.actionId });
  return ask(stage, user, { target, placed, query: at.query });
}

/** Before a person can pick from such a menu it has to have been offered; asks once for what is about to be picked. */
export async function offerFor(
  stage: Stage,
  user: User,
  at: { target: Target; placed: Placed; query: string },
): Promise<void> {
  const key = placeKey(at.target, at.placed);
  if (at.placed.element.type !== 'external_select') return;
  const known = stage.offered.get(key) ?? [];
  if (!known.some((option) => option.value === at.query)) await ask(stage, user, at);
}

async function ask(stage: Stage, user: User, at: { target: Target; placed: Placed; query: string }): Promise<Offer> {
  const { target, placed, query } = at;
  const { element, blockId } = placed;
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : usualQueryLength;
  if (query.length < least) return { ...notSent(), options: [] };
  const payload = {
    type: 'block_suggestion',
    ...interaction(stage.workspace, user),
    ...target.where,
    action_id: element.action_id,
    block_id: blockId,
    value: query,
  };
  const envelope = { kind: 'interactive', label: `options of ${element.action_id} for ${user.id}`, payload } as const;
  const reply = await stage.deliveries.send(envelope);
  const seen = seenAfter(reply, 'Loading options');
  if (reply.failure) return { ...seen, options: [] };
  const options = readOptions(parseBody(reply.body));
  if (options) {
    stage.offered.set(placeKey(target, placed), options);
    return { ...seen, options };
  }
  stage.deliveries.noteFailure(envelope, { ...reply, failure: 'invalid_answer' });
  return { ...seen, failure: 'invalid_answer', sentence: 'Loading options failed', options: [] };
}

function readOptions(answer: unknown): readonly Json[] | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { options, option_groups: groups }: { options?: unknown; option_groups?: unknown } = answer;
  const all = Array.isArray(groups) ? groups.flatMap((group: { options?: unknown[] }) => group.options ?? []) : options;
  return Array.isArray(all) && checkOptions(all).length === 0 ? all : undefined;
}
