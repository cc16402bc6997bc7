import { accessRefused, trouble } from '../blocks/answers.ts';
import type { Person, Role } from '../src/access/person.ts';
import type { Bot } from './bot.ts';
import type { PrivateAnswer } from './door.ts';

/** Somebody at a door, before anything is known about them but what Slack signed. */
export type Knock = {
  readonly door: string;
  /** What the button or form is about, `C212`; nothing for a command. */
  readonly about?: string;
  readonly role: Role;
  readonly user: string;
  readonly channel: string | undefined;
  readonly model: () => Promise<string | undefined>;
};

/**
 * Lets one person through one door: role checked now, refusals audited, and whatever breaks becomes
 * a sentence with a request id. Returns what the person is told in private.
 */
export async function passThrough(
  bot: Bot,
  knock: Knock,
  run: (by: Person, requestId: string) => Promise<PrivateAnswer | undefined>,
): Promise<PrivateAnswer | undefined> {
  const requestId = bot.newRequestId();
  try {
    const model = await knock.model();
    const admitted = await bot.access.letIn({ user: knock.user, channel: knock.channel, needs: knock.role, model });
    if (!admitted.ok) {
      const { user, door, about } = knock;
      await bot.access.refused({ user, door, about, model, refusal: admitted.refusal, requestId });
      return accessRefused(admitted.refusal, { door, requestId });
    }
    return await run(admitted.value, requestId);
  } catch (error) {
    bot.trouble(knock.door, error, requestId);
    return trouble({ door: knock.door, error, requestId });
  }
}
