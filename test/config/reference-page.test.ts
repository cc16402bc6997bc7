import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import { referencePage } from '../../src/config/reference-page.ts';
import { configSchema } from '../../src/config/schema.ts';
import { keysOf } from '../../src/config/schema-keys.ts';
import { sectionIn } from '../../src/config/schema-walk.ts';
import { writtenKeys } from '../../src/config/written-keys.ts';
import { exampleText } from './kit/real-world.ts';

const page = referencePage();

describe('docs/configuration.md', () => {
  it('is the page that the schema makes', async () => {
    await expect(page).toMatchFileSnapshot('../../docs/configuration.md');
  });

  it('has every key of every section', () => {
    const keys = keysOf(configSchema({}));
    expect(keys.length).toBeGreaterThan(100);
    for (const { path, names } of keys) {
      expect(page).toContain(`| \`${path.replace('models.<name>.', '')}\` |`);
      for (const name of names) expect(page).toContain(`\`${name}\``);
    }
  });

  it('has every key that the example writes', () => {
    const words = new Set(page.match(/[A-Za-z]\w+/g));
    const written = writtenKeys(parse(exampleText)).flatMap((path) => path.split('.'));
    const foreign = /^(employee-promotion|arn:.*|.*large|ml|m5)$/;
    expect(written.filter((key) => !foreign.test(key) && !words.has(key))).toEqual([]);
  });

  it('gives each key a meaning that is a sentence, and an example', () => {
    const poor = keysOf(configSchema({})).filter(
      ({ meaning, example }) => !/^[A-Za-z].*\.$/s.test(meaning) || example.trim() === '' || example === '{  }',
    );
    expect(poor).toEqual([]);
  });

  it('gives examples that can be written as they stand', () => {
    const refused = keysOf(configSchema({})).filter(({ schema, example }) => {
      const read = (schema as z.ZodType).safeParse(parse(example));
      return !read.success;
    });
    expect(refused.map(({ path, example }) => `${path}: ${example}`)).toEqual([]);
  });

  it('leaves no key of the schema without a meaning', () => {
    const told = new Set(keysOf(configSchema({})).map(({ path }) => path.split('.')[0]?.replace('[]', '')));
    expect(Object.keys(sectionIn(configSchema({}))?.shape ?? {}).filter((key) => !told.has(key))).toEqual([]);
  });
});
