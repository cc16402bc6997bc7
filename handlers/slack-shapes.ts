import type { BlockAction, SlackViewAction, SlashCommand, ViewStateValue } from '@slack/bolt';
import type { Knocked } from '../src/access/delivery.ts';
import { sha256Hex } from '../src/kernel/digest.ts';

type Of<K extends Knocked['kind']> = Extract<Knocked, { kind: K }>;

/** A slash command in our words. */
export function commandOf(command: SlashCommand): Of<'command'> {
  const { user_id: user, channel_id: channel, text, trigger_id } = command;
  return { kind: 'command', user, channel, text, trigger: sha256Hex(trigger_id) };
}

/** Which button of which item was pressed. A menu's options carry the action's own id; the item stands in the block id. */
export function pressOf(body: BlockAction): Of<'press'> | undefined {
  const pressed = body.actions[0];
  if (!pressed) return undefined;
  const what =
    pressed.type === 'overflow'
      ? { action: pressed.selected_option.value, id: idIn(pressed.block_id) }
      : { action: pressed.action_id, id: idIn((pressed.type === 'button' && pressed.value) || pressed.block_id) };
  const channel = body.channel ? { channel: body.channel.id } : {};
  return { kind: 'press', user: body.user.id, trigger: sha256Hex(`${body.trigger_id}`), ...channel, ...what };
}

/** A sent form: what it is about stands in its one opaque id. */
export function formOf({ user, view }: SlackViewAction): Of<'form'> {
  const trigger = sha256Hex(`${view.id}.${view.hash}`);
  return {
    kind: 'form',
    user: user.id,
    trigger,
    form: view.callback_id,
    id: view.private_metadata,
    values: valuesOf(view.state.values),
  };
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
