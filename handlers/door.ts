import type { Form } from '../blocks/forms.ts';
import type { Message } from '../blocks/message.ts';
import type { Person, Role } from '../src/access/person.ts';
import type { Bot } from './bot.ts';

/** A slash command that passed the door: who, where, what they typed. */
export type CommandCall = {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
  readonly by: Person;
  readonly channel: string;
  readonly requestId: string;
};

/** `/model <verb> …`. The answer is private; cards that everybody sees come from the outbox. */
export type CommandDoor = {
  readonly role: Role;
  /** Where the words decide it, as with a verb that reads for some and acts for others. */
  readonly roleOf?: (words: readonly string[]) => Role;
  readonly usage: string;
  readonly says: string;
  /** Where the model's name stands, so that the role is checked on that model. */
  readonly model: 'first-word' | 'second-word' | 'none';
  readonly run: (bot: Bot, call: CommandCall) => Promise<Message>;
};

/** A pressed button or menu option. `id` is what the card is about; its state is read from the store, never from Slack. */
export type Press = {
  readonly id: string;
  readonly by: Person;
  readonly channel: string;
  readonly requestId: string;
  /** Opens a form while the press is fresh; `facts` come back with the submission by the form's own id. */
  readonly openForm: (form: Form) => Promise<void>;
};

/** What a press is about, and so which model's roles count. */
export type SubjectKind = 'change' | 'incident' | 'shadow-test' | 'inbox' | 'model' | 'none';

/** A private answer. In place of what was pressed, where that was private too and its buttons have done their work. */
export type PrivateAnswer = Message & { readonly inPlace?: true };

export type ActionDoor = {
  readonly role: Role;
  readonly subject: SubjectKind;
  /** A private answer; nothing when the card itself shows what happened. */
  readonly run: (bot: Bot, press: Press) => Promise<PrivateAnswer | undefined>;
};

/** A sent form. `values` by block id. */
export type Submission = {
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
  readonly by: Person;
  readonly requestId: string;
};

export type FormDoor = {
  readonly role: Role;
  readonly subject: SubjectKind;
  /** A private answer, sent to the person in the subject's channel. */
  readonly run: (bot: Bot, sent: Submission) => Promise<Message | undefined>;
};
