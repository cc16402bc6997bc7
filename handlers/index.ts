import { helpCard } from '../blocks/help-card.ts';
import { changeActions, changeForms } from './actions/changes.ts';
import { incidentActions, incidentForms } from './actions/incidents.ts';
import { readingActions } from './actions/reading.ts';
import { changeCommands } from './commands/changes.ts';
import { readingCommands } from './commands/reading.ts';
import { shadowCommands } from './commands/shadow.ts';
import type { ActionDoor, CommandDoor, FormDoor } from './door.ts';

const help: CommandDoor = {
  role: 'viewer',
  usage: '/model help',
  says: 'this list',
  model: 'none',
  run: () => Promise.resolve(helpCard(Object.values(commands))),
};

/** Every verb of `/model`, with the role it needs. What is not here cannot be typed. */
export const commands: Readonly<Record<string, CommandDoor>> = {
  help,
  ...readingCommands,
  ...changeCommands,
  ...shadowCommands,
};

/** Every button and menu option, with the role it needs. What is not here cannot be pressed. */
export const actions: Readonly<Record<string, ActionDoor>> = {
  ...changeActions,
  ...incidentActions,
  ...readingActions,
  'answer.help': { role: 'viewer', subject: 'none', run: () => Promise.resolve(helpCard(Object.values(commands))) },
};

/** Every form, with the role that is checked again when it is sent. */
export const forms: Readonly<Record<string, FormDoor>> = { ...changeForms, ...incidentForms };

/** What knocks without a person: topics and timers. They read and record; what they do to AWS is decided by rules alone. */
export const unattended = {
  'sns https': 'signature, topic allow-list, age; then the inbox',
  'sns sqs': 'signature, topic allow-list; then the inbox',
  'timer summary': 'one shadow summary per due slot',
  'timer changes': 'one look at each running change',
  'timer inbox': 'reads what the inbox holds',
  'timer expiry': 'ends approvals that nobody gave in time',
  'timer seal': 'seals new audit entries',
} as const;
