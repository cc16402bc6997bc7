import { changeCard } from '../../blocks/change-card.ts';
import { type Form, rejectForm, resolveForm } from '../../blocks/forms.ts';
import { inboxCard } from '../../blocks/inbox-card.ts';
import { incidentCard } from '../../blocks/incident-card.ts';
import type { Message } from '../../blocks/message.ts';
import { drawNote } from '../../blocks/notes.ts';
import { shadowCard } from '../../blocks/shadow-card.ts';
import { summaryCard } from '../../blocks/summary-card.ts';
import { changes } from './specimens/changes.ts';
import { inbox, incidents } from './specimens/incidents.ts';
import { lists } from './specimens/lists.ts';
import { hostile, type Specimen } from './specimens/moods.ts';
import { notes } from './specimens/notes.ts';
import { refusals } from './specimens/refusals.ts';
import { shadowTests, summaries } from './specimens/shadow.ts';

/** How much of a phone each kind of card may take: lines of text outside tables. */
export const budgets = { alert: 8, decision: 14, summary: 4, thread: 12, list: 14, error: 14 } as const;
type Budget = keyof typeof budgets;

export type Drawn = Specimen<Message> & { readonly budget: Budget };

function drawn<T>(specimens: readonly Specimen<T>[], budget: Budget, face: (value: T) => Message): readonly Drawn[] {
  return specimens.map(({ name, mood, value }) => ({ name: `${budget}: ${name}`, mood, value: face(value), budget }));
}

const same = (message: Message): Message => message;
const bodies = { usual: 'host=ml-7 status=CRIT latency=9000', nasty: `${hostile}\n${hostile.repeat(1_000)}` };

/** Every card and answer, in usual values and in nasty ones. */
export const specimens: readonly Drawn[] = [
  ...drawn(changes, 'decision', changeCard),
  ...drawn(incidents, 'alert', incidentCard),
  ...inbox.flatMap((each) => drawn([each], 'alert', (item) => inboxCard(item, bodies[each.mood.name]))),
  ...drawn(shadowTests, 'decision', shadowCard),
  ...drawn(summaries, 'summary', summaryCard),
  ...drawn(notes, 'thread', drawNote),
  ...drawn(lists, 'list', same),
  ...drawn(refusals, 'error', same),
];

/** Every form. */
export const forms: readonly Specimen<Form>[] = [
  ...changes.map(({ name, mood, value }) => ({ name: `reject ${name}`, mood, value: rejectForm(value) })),
  ...incidents.map(({ name, mood, value }) => ({ name: `resolve ${name}`, mood, value: resolveForm(value) })),
];
