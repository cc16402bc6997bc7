import { interaction } from '../delivery/envelopes.ts';
import type { Json } from '../workspace/as-json.ts';
import type { Element, Placed } from '../workspace/state-values.ts';
import { answerField, draftKey, elementsOf } from '../workspace/state-values.ts';
import type { User } from '../workspace/workspace.ts';
import { answerFor, type Entry } from './fill.ts';
import type { Stage } from './ground.ts';
import { plainObject } from './plain-words.ts';
import { type Asked, notSent, type Seen, seenAfter } from './seen.ts';
import { offerFor } from './suggest.ts';
import { findTarget, getPlaced, labelOf, placeKey, type Ref, type Target } from './target.ts';

/** How the question is answered, and which element is meant where several have one name. */
export type PressOptions = {
  readonly confirm?: 'yes' | 'no';
  readonly blockId?: string;
  readonly value?: string;
};

type Press = { readonly placed: Placed; readonly answer: Json; readonly isOption: boolean };

/** Presses a button, or an option of a ⋯ menu, by what stands on it or by its action id. */
export async function click(
  stage: Stage,
  user: User,
  at: { on: Ref; label: string; options: PressOptions },
): Promise<Seen> {
  const { on, label, options } = at;
  const target = findTarget(stage, user.id, on);
  const option = findMenuOption(stage, target, label);
  if (option) return press(stage, user, { target, options, ...option });
  const placed = getPlaced(target, label, {
    pick: ({ element }) =>
      element.type === 'button' && (element.action_id === label || labelOf(element, stage) === label),
    blockId: options.blockId,
    value: options.value,
  });
  const { text, value, style } = placed.element;
  const answer = { text, ...(value !== undefined && { value }), ...(style !== undefined && { style }) };
  return press(stage, user, { target, options, placed, answer, isOption: false });
}

/** A button of that name goes before an option of that name. */
function findMenuOption(stage: Stage, target: Target, label: string): Press | undefined {
  const placed = elementsOf(target.blocks);
  const isButton = ({ element }: Placed): boolean =>
    element.type === 'button' && (element.action_id === label || labelOf(element, stage) === label);
  if (placed.some(isButton)) return undefined;
  for (const menu of placed.filter(({ element }) => element.type === 'overflow')) {
    const options: readonly Json[] = Array.isArray(menu.element.options) ? menu.element.options : [];
    const option = options.find((one) => labelOf(one, stage) === label);
    if (option) return { placed: menu, answer: { selected_option: option }, isOption: true };
  }
  return undefined;
}

/** Picks from a menu, or fills an element that tells the app at once. */
export async function choose(
  stage: Stage,
  user: User,
  at: { on: Ref; actionId: string; entry: Entry; options: PressOptions },
): Promise<Seen> {
  const { on, actionId, entry, options } = at;
  const target = findTarget(stage, user.id, on);
  const placed = getPlaced(target, actionId, {
    pick: ({ element }) => element.type !== 'button' && element.action_id === actionId,
    blockId: options.blockId,
  });
  await offerFor(stage, user, { target, placed, query: String(entry) });
  const answer = answerFor(placed.element, entry, stage.offered.get(placeKey(target, placed)));
  const field = answerField(placed.element.type);
  if (field === undefined)
    return press(stage, user, { target, options, placed, answer: { selected_option: answer }, isOption: true });
  target.draft.set(draftKey(placed), answer);
  const tellsAtOnce = placed.block.type !== 'input' || placed.block.dispatch_action === true;
  if (!tellsAtOnce) return notSent();
  // The surface is looked at again, so that its state holds what was just chosen.
  const now = findTarget(stage, user.id, on);
  return press(stage, user, { target: now, options, placed, answer: { [field]: answer }, isOption: false });
}

async function press(stage: Stage, user: User, act: Press & { target: Target; options: PressOptions }): Promise<Seen> {
  const { target, options, placed, answer } = act;
  const asked = questionOf(placed.element, stage);
  if (asked && options.confirm === 'no') return notSent({ asked });
  const { workspace } = stage;
  const { element, blockId } = placed;
  const action = {
    type: element.type,
    action_id: element.action_id,
    block_id: blockId,
    ...answer,
    action_ts: workspace.nextTs(),
  };
  const { message } = target;
  const responseUrl =
    message && stage.responseUrls.mint({ user: user.id, channel: message.channel, original: message });
  const payload = {
    type: 'block_actions',
    ...interaction(workspace, user, stage.triggers.mint(user.id, target.isModal)),
    ...target.where,
    ...(responseUrl !== undefined && { response_url: responseUrl }),
    actions: [action],
  };
  const label = `press of ${element.action_id} by ${user.id}`;
  const reply = await stage.deliveries.send({ kind: 'interactive', label, payload });
  const link = typeof element.url === 'string' ? { link: element.url } : {};
  return { ...seenAfter(reply, `“${labelOf(element, stage) || element.action_id}”`), ...link, ...(asked && { asked }) };
}

function questionOf(element: Element, { names }: Stage): Asked | undefined {
  if (typeof element.confirm !== 'object' || element.confirm === null) return undefined;
  const { title, text, confirm, deny }: { title?: unknown; text?: unknown; confirm?: unknown; deny?: unknown } =
    element.confirm;
  return {
    title: plainObject(title, names),
    text: plainObject(text, names),
    confirm: plainObject(confirm, names) || 'Yes',
    deny: plainObject(deny, names) || 'Cancel',
  };
}
