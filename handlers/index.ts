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

/** What knocks without a person: topics and queues at the intake, and the workers that each heartbeat wakes. */
export const unattended = {
  doors: 'presses that a fallen replica had taken',
  underWay: 'says that this replica is still at its presses',
  inbox: 'messages from SNS and SQS that were verified and stored',
  sources: 'asks CloudWatch how open incidents stand',
  changes: 'one look at each running change, its intents, expiries and shadow tests',
  timers: 'summaries that are due',
  seal: 'seals new audit entries',
  folds: 'tells how often a refusal was repeated',
} as const;
export type Unattended = keyof typeof unattended;
