import { z } from 'zod';
import { Fault } from '../../kernel/fault.ts';
import type { Environment } from '../environment.ts';
import { forms, wording } from './form.ts';

/** A value from the environment. Printed, logged or stored it is `env:NAME`; only `reveal` gives the value. */
export type Secret = {
  readonly variable: string;
  readonly isSet: boolean;
  /** @throws {Fault} `secret-not-set` when the variable is absent or empty */
  readonly reveal: () => string;
  readonly toString: () => string;
  readonly toJSON: () => string;
};

/** The value stays in the closure, so no inspection of the object shows it. */
export function makeSecret(variable: string, env: Environment): Secret {
  const value = env[variable];
  const name = (): string => `env:${variable}`;
  return {
    variable,
    isSet: value !== undefined && value !== '',
    reveal: () => {
      if (value === undefined || value === '') throw new Fault('secret-not-set', `${variable} is not set`);
      return value;
    },
    toString: name,
    toJSON: name,
  };
}

/** `env:NAME`. Any other text is refused: the secret itself does not belong in the file. */
export function secret(env: Environment, example: string) {
  const form = { words: 'the name of an environment variable, never the secret itself', example };
  return z
    .string(wording(form))
    .transform((text, context): Secret => {
      const name = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
      if (name !== undefined) return makeSecret(name, env);
      context.addIssue({ code: 'custom', message: `Write ${form.words}, such as ${form.example}.` });
      return z.NEVER;
    })
    .register(forms, form);
}
