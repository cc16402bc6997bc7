import type { Message } from './message.ts';
import { bold, code, facts, footer, header, line, message } from './parts.ts';

type Row = { readonly usage: string; readonly says: string; readonly role: string };

/** Every verb with what it does and the role it needs. */
export function helpCard(rows: readonly Row[]): Message {
  const verbs = rows.map((row) => row.usage.split(' ')[1]).join(', ');
  return message(
    `📊 Help: /model ${verbs}. Answers are private unless something changes.`,
    header('📊 What /model can do'),
    facts([
      ...rows.map((row) => line(code(row.usage), `  ${row.says}${row.role === 'viewer' ? '' : ` (${row.role})`}`)),
      line(bold('Example'), '  ', code('/model deploy employee-promotion 2'), ' shows the plan first'),
    ]),
    footer('in brackets: the role it needs · only you see this'),
  );
}
