import type { Finding } from '../plan.ts';

/** One thing that was looked at before a plan; without a finding it was as it should be. */
export type Checked = { readonly check: string; readonly finding?: Finding };

/** As it should be. */
export function passed(check: string): Checked {
  return { check };
}

/** Refuses the plan. The fix is the next thing for a person to do. */
export function stopped(check: string, sentence: string, fix: string): Checked {
  return { check, finding: { level: 'stop', check, sentence, fix } };
}

/** Worth knowing; the plan goes on. */
export function known(check: string, sentence: string, fix?: string): Checked {
  return { check, finding: { level: 'know', check, sentence, ...(fix === undefined ? {} : { fix }) } };
}

/** What all checks found, and how many there were. */
export function summed(checked: readonly Checked[]): {
  readonly findings: readonly Finding[];
  readonly checks: number;
} {
  return { findings: checked.flatMap(({ finding }) => finding ?? []), checks: checked.length };
}
