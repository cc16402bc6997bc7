import { z } from 'zod';

/** A person as cards and trail name them. `name` is the display name at the time, foreign text. */
export const Person = z.object({ user: z.string(), name: z.string() });
export type Person = z.infer<typeof Person>;

/** What Slack says about an account right now. Asked at click time, never remembered for longer than a minute. */
export type Account = Person & {
  readonly team: string;
  /** `member` of our workspace; everybody else is refused everywhere. */
  readonly standing: 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated';
  readonly email?: string | undefined;
};

export const roles = ['viewer', 'operator', 'deployer', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];
