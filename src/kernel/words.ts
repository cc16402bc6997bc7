/** What a person typed, taken apart: words, and flags such as `--reason "too slow"` or `--dry-run`. */
export type Typed = { readonly words: readonly string[]; readonly flags: Readonly<Record<string, string>> };

/**
 * Splits a command line as people type it on phones: straight and curly quotes hold words together, and a dash that a
 * phone made of `--` is `--` again where a flag begins.
 * A flag takes the next word unless that is a flag too; a flag with nothing behind it is 'yes'.
 */
export function readWords(text: string): Typed {
  const pieces = splitPieces(
    unescaped(text)
      .replace(invisible, '')
      .replace(/[“”„]/g, '"')
      .replace(/[‘’]/g, "'")
      .replace(/(?<=^|\s)[—–](?=[a-z])/gi, '--'),
  );
  const words: string[] = [];
  const flags: Record<string, string> = {};
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index] ?? '';
    if (!piece.startsWith('--')) {
      words.push(piece);
      continue;
    }
    const [name, inline] = splitOnce(piece.slice(2));
    const next = pieces[index + 1];
    if (inline !== undefined) flags[name] = inline;
    else if (next !== undefined && !next.startsWith('--')) {
      flags[name] = next;
      index += 1;
    } else flags[name] = 'yes';
  }
  return { words, flags };
}

/** What a web page leaves in copied text: marks of width and direction. Joiners stay, emoji are made with them. */
const invisible = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Slack escapes three characters in command text; mentions keep their raw angle brackets. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function splitPieces(text: string): readonly string[] {
  return [...text.matchAll(/(--[\w-]+=)?(?:"([^"]*)"|'([^']*)')|(\S+)/g)].map(
    ([, flag = '', double, single, bare]) => bare ?? `${flag}${double ?? single ?? ''}`,
  );
}

function splitOnce(flag: string): readonly [string, string | undefined] {
  const at = flag.indexOf('=');
  return at < 0 ? [flag, undefined] : [flag.slice(0, at), flag.slice(at + 1)];
}
