import { readdirSync, readFileSync } from 'node:fs';
import { type ParsedBody, parseBody } from '../../src/alerts/body.ts';
import { instant } from '../../src/kernel/time.ts';

const folder = new URL('../../data/events/', import.meta.url);
const topic = 'arn:aws:sns:us-east-1:111122223333:ml-guardrails';

export type Specimen = { readonly name: string; readonly source: string; readonly text: string };

/** Every captured message body, named `<source>.<what it shows>.json`. */
export function allSpecimens(): readonly Specimen[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.json'.length);
      return { name, source: name.split('.')[0] ?? '', text: readFileSync(new URL(file, folder), 'utf8') };
    });
}

export function specimen(name: string): Specimen {
  const found = allSpecimens().find((each) => each.name === name);
  if (!found) throw new Error(`there is no specimen ${name}`);
  return found;
}

/** A body as it reaches the readers. */
export function bodyOf(text: string): ParsedBody {
  return parseBody({ text, subject: undefined, topic, sentAt: instant(1_795_500_000_000) });
}
