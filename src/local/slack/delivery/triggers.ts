import { randomBytes } from 'node:crypto';
import type { EpochMs, Now } from '../../../kernel/time.ts';
import { ApiError } from '../web-api/api-error.ts';

/** Slack lets an app open a modal within three seconds of what the person did. */
export const triggerLifeMs = 3_000;

type Trigger = { readonly user: string; readonly at: EpochMs; readonly isFromModal: boolean; isSpent: boolean };

/** The short-lived permissions to open a modal before a person. */
export type Triggers = {
  readonly mint: (user: string, isFromModal: boolean) => string;
  /** @throws {ApiError} when the id is unknown, was used, or is older than three seconds */
  readonly spend: (id: string) => { readonly user: string; readonly isFromModal: boolean };
};

export function openTriggers(wall: Now): Triggers {
  const triggers = new Map<string, Trigger>();
  return {
    mint: (user, isFromModal) => {
      const id = `${wall()}.${triggers.size + 1}.${randomBytes(8).toString('hex')}`;
      triggers.set(id, { user, at: wall(), isFromModal, isSpent: false });
      return id;
    },
    spend: (id) => {
      const trigger = triggers.get(id);
      if (!trigger) throw new ApiError('invalid_trigger_id');
      if (trigger.isSpent) throw new ApiError('exchanged_trigger_id');
      if (wall() - trigger.at > triggerLifeMs) throw new ApiError('expired_trigger_id');
      trigger.isSpent = true;
      return trigger;
    },
  };
}
