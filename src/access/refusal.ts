import type { Account, Role } from './person.ts';

/** Why a door stayed shut. Deny by default: whatever is not named as allowed is one of these. */
export type AccessRefusal =
  | { readonly kind: 'not-a-member'; readonly standing: Account['standing'] }
  | { readonly kind: 'other-team'; readonly team: string }
  | {
      readonly kind: 'no-role';
      readonly needs: Role;
      readonly has: readonly Role[];
      readonly model: string | undefined;
      readonly ask: readonly string[];
    }
  | { readonly kind: 'shared-channel' }
  | { readonly kind: 'identity-unknown'; readonly because: string };
