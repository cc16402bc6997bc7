import { z } from 'zod';
import { Person } from '../access/person.ts';

/** One yes. `group` is the group it counts for now; `groups` are all the groups it could count for. */
export const Vote = z.object({
  by: Person,
  at: z.number(),
  group: z.string(),
  groups: z.array(z.string()).optional(),
});
export type Vote = z.infer<typeof Vote>;

/** So many people of a group have to agree; `members` are those who were in it when the plan was made. */
export type Need = { readonly group: string; readonly count: number; readonly members: readonly string[] };
