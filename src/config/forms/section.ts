import { z } from 'zod';

/** A group of keys. A key that it does not list is a fault. */
export function section<S extends z.core.$ZodLooseShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'invalid_type' ? 'Write a section of keys; {} is an empty one.' : undefined),
  });
}

/** A section that has to be there. When it is absent its own missing keys are named, not the section alone. */
export function neededSection<T extends z.ZodType>(inner: T) {
  return z.preprocess((written) => (written === undefined ? {} : written), inner);
}

/** A list, [] when it is not written. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.array(item, { error: 'Write a list, such as [a, b]; [] is an empty one.' });
}

/** Names that the file chooses, each with a value of one form. */
export function namedValues<T extends z.ZodType>(name: z.ZodType<string, string>, value: T) {
  return z.record(name, value, {
    error: (issue) => (issue.code === 'invalid_type' ? 'Write a section of keys; {} is an empty one.' : undefined),
  });
}
