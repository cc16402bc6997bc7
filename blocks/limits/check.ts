/** One way in which a message or a view would be refused. */
export type LimitFault = {
  /** JSON pointer (RFC 6901) into the message or the view: `/blocks/0/text/text`. */
  readonly pointer: string;
  readonly rule: Rule;
  readonly limit?: number;
  readonly got?: number;
  readonly sentence: string;
};

export type Rule =
  | 'missing'
  | 'unknown-field'
  | 'unknown-type'
  | 'wrong-type'
  | 'not-allowed'
  | 'too-long'
  | 'too-short'
  | 'too-many'
  | 'too-few'
  | 'duplicate'
  | 'mismatch'
  | 'too-large';

/** Looks at one value and says what is wrong with it; `pointer` is where it stands. */
export type Check = (value: unknown, pointer: string) => readonly LimitFault[];
export type Fields = Readonly<Record<string, Check>>;
export type Members = Readonly<Record<string, unknown>>;

/** What is wrong in words, with the limit and the number that broke it where there are such. */
export type Wrong = string | { readonly words: string; readonly limit: number; readonly got: number };

export function fault(pointer: string, rule: Rule, wrong: Wrong): LimitFault {
  const { words, ...numbers } = typeof wrong === 'string' ? { words: wrong } : wrong;
  return { pointer, rule, ...numbers, sentence: `${pointer === '' ? 'the whole' : pointer} ${words}` };
}

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list, or an empty one: for rules across members, after the shape itself has been checked. */
export function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function counted(
  pointer: string,
  got: number,
  bounds: { min: number; max: number; of: string },
): readonly LimitFault[] {
  const { min, max, of } = bounds;
  const isText = of === 'characters';
  if (got > max) {
    return [
      fault(pointer, isText ? 'too-long' : 'too-many', {
        words: `has ${got} ${of}, at most ${max} are allowed`,
        limit: max,
        got,
      }),
    ];
  }
  if (got < min) {
    return [
      fault(pointer, isText ? 'too-short' : 'too-few', {
        words: `has ${got} ${of}, at least ${min} are needed`,
        limit: min,
        got,
      }),
    ];
  }
  return [];
}

/** A string of `min` to `max` UTF-16 code units, as Slack counts. */
export function text(max: number, min = 1): Check {
  return (value, pointer) =>
    typeof value === 'string'
      ? counted(pointer, value.length, { min, max, of: 'characters' })
      : [fault(pointer, 'wrong-type', 'is not a string')];
}

/** A string that also has a given form. */
export function form(max: number, pattern: RegExp, wanted: string): Check {
  return (value, pointer) => {
    const faults = text(max)(value, pointer);
    if (faults.length > 0 || pattern.test(String(value))) return faults;
    return [fault(pointer, 'not-allowed', `is “${String(value).slice(0, 60)}”, not ${wanted}`)];
  };
}

export function oneOf(...words: readonly string[]): Check {
  return (value, pointer) =>
    typeof value === 'string' && words.includes(value)
      ? []
      : [fault(pointer, 'not-allowed', `is ${JSON.stringify(value)}, not one of ${words.join(', ')}`)];
}

export const flag: Check = (value, pointer) =>
  typeof value === 'boolean' ? [] : [fault(pointer, 'wrong-type', 'is not true or false')];

export const finite: Check = (value, pointer) =>
  typeof value === 'number' && Number.isFinite(value) ? [] : [fault(pointer, 'wrong-type', 'is not a finite number')];

export function whole(min: number, max: number): Check {
  return (value, pointer) => {
    if (typeof value !== 'number' || !Number.isInteger(value))
      return [fault(pointer, 'wrong-type', 'is not a whole number')];
    if (value >= min && value <= max) return [];
    return [
      fault(pointer, 'not-allowed', {
        words: `is ${value}, not within ${min} to ${max}`,
        limit: value < min ? min : max,
        got: value,
      }),
    ];
  };
}

export function list(item: Check, max: number, min = 1): Check {
  return (value, pointer) => {
    if (!Array.isArray(value)) return [fault(pointer, 'wrong-type', 'is not a list')];
    const size = counted(pointer, value.length, { min, max, of: 'members' });
    return [...size, ...value.flatMap((member, place) => item(member, `${pointer}/${place}`))];
  };
}

/** An object with exactly these members: all of `needs` and any of `may`. */
export function shape({ needs = {}, may = {} }: { needs?: Fields; may?: Fields }): Check {
  return (value, pointer) => {
    if (!isObject(value)) return [fault(pointer, 'wrong-type', 'is not an object')];
    const missing = Object.keys(needs)
      .filter((name) => value[name] === undefined)
      .map((name) => fault(`${pointer}/${name}`, 'missing', 'is missing'));
    const present = Object.keys(value)
      .filter((name) => value[name] !== undefined)
      .flatMap((name) => {
        const check = needs[name] ?? may[name];
        return check
          ? check(value[name], `${pointer}/${name}`)
          : [fault(`${pointer}/${name}`, 'unknown-field', 'is not a field here')];
      });
    return [...missing, ...present];
  };
}

/** Objects told apart by their `type`: one row of the table for each type that may stand here. */
export function byType(table: Fields): Check {
  return (value, pointer) => {
    if (!isObject(value)) return [fault(pointer, 'wrong-type', 'is not an object')];
    const { type, ...members } = value;
    const check = typeof type === 'string' && Object.hasOwn(table, type) ? table[type] : undefined;
    return check
      ? check(members, pointer)
      : [fault(`${pointer}/type`, 'unknown-type', `is ${JSON.stringify(type)}, which may not stand here`)];
  };
}

/** Several checks of one value: its shape first, then what must hold between its members. */
export function all(...checks: readonly Check[]): Check {
  return (value, pointer) => checks.flatMap((check) => check(value, pointer));
}

/** Two members with one name, where names must differ. */
export function distinct(names: readonly unknown[], pointer: string, what: string): readonly LimitFault[] {
  const seen = new Set<unknown>();
  const faults: LimitFault[] = [];
  for (const name of names) {
    if (name === undefined) continue;
    if (seen.has(name)) faults.push(fault(pointer, 'duplicate', `has the ${what} “${String(name)}” twice`));
    seen.add(name);
  }
  return faults;
}
