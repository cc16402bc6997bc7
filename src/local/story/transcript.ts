import type { DomainClock } from '../clock/domain-clock.ts';
import type { LocalSlack } from '../slack/local-slack.ts';
import type { SeenMessage } from '../slack/people/look.ts';

export type Print = (line: string) => void;

/** Who is called what in the transcript. */
const names: Readonly<Record<string, string>> = { U0ANA: 'Ana', U0BO: 'Bo', U0MIRA: 'Mira', U0BOT: 'Understudy' };

/** Prints what becomes visible in the workspace, as somebody would read it out. Returns what ends it. */
export function printTranscript(slack: LocalSlack, clock: DomainClock, print: Print): () => void {
  const stamp = (): string => new Date(clock.now()).toISOString().slice(11, 16);
  return slack.onMessage(({ kind, message, plain }) => {
    const where =
      message.threadTs !== undefined && message.threadTs !== message.ts
        ? 'in the thread'
        : `#${message.channel === 'C0AUDIT' ? 'ml-audit' : 'ml-promotion'}`;
    const to = message.ephemeralTo !== undefined ? `only to ${nameOf(message)}` : where;
    const verb = { posted: 'posts', edited: 'edits', deleted: 'deletes', ephemeral: 'says' }[kind];
    print(`\n  ${stamp()}  Understudy ${verb} ${to}`);
    for (const line of plain.split('\n')) print(`    │ ${line}`);
  });
}

function nameOf({ ephemeralTo = 'somebody' }: SeenMessage): string {
  return names[ephemeralTo] ?? ephemeralTo;
}
