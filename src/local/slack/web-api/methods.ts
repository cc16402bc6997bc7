import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { openMarks } from './marks.ts';
import type { Methods } from './method.ts';
import { people } from './people.ts';
import { views } from './views.ts';

/** Every method that this workspace answers; pins are its own. */
export function allMethods(): Methods {
  return { ...people, ...conversations, ...chat, ...views, ...openMarks() };
}
