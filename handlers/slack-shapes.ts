import type { BlockAction, ViewStateValue } from '@slack/bolt';

/** Which button of which item was pressed. A menu's options carry the action's own id; the item stands in the block id. */
export function pressedOf(body: BlockAction): { readonly action: string; readonly id: string } | undefined {
  const pressed = body.actions[0];
  if (!pressed) return undefined;
  if (pressed.type === 'overflow') return { action: pressed.selected_option.value, id: idIn(pressed.block_id) };
  if (pressed.type === 'button') return { action: pressed.action_id, id: idIn(pressed.value ?? pressed.block_id) };
  return { action: pressed.action_id, id: idIn(pressed.block_id) };
}

/** `C212.4` or `C212.4.act` to `C212`. What the version was when the card was drawn does not matter: the store decides. */
function idIn(text: string): string {
  return text.replace(/\.\d+(\.[a-z]+)?$/, '');
}

/** What was filled in, by block id; blanks alone are nothing. Inputs all have the action id `value`. */
export function valuesOf(
  state: Readonly<Record<string, Readonly<Record<string, ViewStateValue>>>>,
): Record<string, string> {
  const filled = Object.entries(state).map(
    ([block, inputs]) => [block, (inputs.value?.value ?? inputs.value?.selected_option?.value ?? '').trim()] as const,
  );
  return Object.fromEntries(filled.filter(([, value]) => value !== ''));
}
