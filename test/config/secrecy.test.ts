import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkConfigFile } from '../../src/config/check-config-file.ts';
import { describeUnused } from '../../src/config/describe-unused.ts';
import { configFingerprint, modelFingerprint } from '../../src/config/fingerprint.ts';
import { exampleText, exampleWith, faultsOf, loaded, promo, secrets } from './kit/real-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'understudy-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const showsASecret = (text: string): boolean => Object.values(secrets).some((value) => text.includes(value));

describe('a secret is never shown', () => {
  const config = loaded(exampleText);

  it('by the configuration itself, however it is printed', () => {
    const prints = [
      JSON.stringify(config),
      inspect(config, { depth: null, showHidden: true }),
      `${config.slack.botToken}`,
    ];
    expect(prints.some(showsASecret)).toBe(false);
    expect(JSON.stringify(config.slack)).toContain('"botToken":"env:SLACK_BOT_TOKEN"');
  });

  it('by a fault, when it was written where its name belongs', () => {
    const token = secrets.SLACK_BOT_TOKEN;
    const texts = [
      exampleWith(['slack.botToken', token]),
      exampleWith([promo('channel'), token], [promo('rollout.size'), token], ['world.slack', token]),
      exampleWith(['topics', token], ['roles', token], ['version', token], [promo('guardrails'), { drift: token }]),
      exampleWith(['override.slack', `https://x:${token}@slack.example.com`]),
      `slack: { botToken: "${token}\nversion: 1\n`,
      `${exampleText}\n${token}\n`,
      `slack: *${token}\n`,
      `slack: !${token} {}\n`,
    ];
    for (const text of texts) {
      const faults = faultsOf(text);
      expect(faults.length).toBeGreaterThan(0);
      expect(showsASecret(JSON.stringify(faults))).toBe(false);
    }
  });

  it('by the fingerprint, which does not depend on it', () => {
    const others = Object.fromEntries(Object.keys(secrets).map((name) => [name, 'another']));
    expect(configFingerprint(loaded(exampleText, others))).toBe(configFingerprint(config));
  });

  it('by the list of what is not used', () => {
    expect(showsASecret(JSON.stringify(describeUnused(config)))).toBe(false);
  });

  it('by the check of a file, whether it passes or not', () => {
    const good = join(folder, 'good.yml');
    const bad = join(folder, 'bad.yml');
    writeFileSync(good, exampleText);
    writeFileSync(bad, exampleWith(['slack.botToken', secrets.SLACK_BOT_TOKEN]));
    expect(showsASecret(JSON.stringify(checkConfigFile(good, secrets)))).toBe(false);
    expect(showsASecret(JSON.stringify(checkConfigFile(bad, secrets)))).toBe(false);
  });

  it('and asking for one that is not set is a fault of its own', () => {
    const socketless = loaded(exampleWith(['slack.appToken', 'env:SLACK_APP_TOKEN']));
    expect(socketless.slack.appToken?.isSet).toBe(true);
    expect(faultsOf(exampleWith(['slack.appToken', 'env:NOBODY_SET_IT']))[0]?.path).toBe('slack.appToken');
  });
});

describe('the fingerprint', () => {
  const of = (text: string): string => configFingerprint(loaded(text));

  it('stays when a default is written out, when keys change places and when comments go', () => {
    expect(of(exampleWith())).toBe(of(exampleText));
    expect(of(exampleWith(['server', undefined], ['logs', undefined], [promo('rollout'), undefined]))).toBe(
      of(exampleText),
    );
  });

  it.each([
    [promo('rollout.bake'), '11m'],
    [promo('approval.all'), [{ group: 'S0APPROVERS', count: 2 }]],
    [promo('evidence.gate.auc'), 0.81],
    ['roles.deployer', ['S0OTHERS']],
    ['audit.signingKey', 'env:SLACK_BOT_TOKEN'],
  ])('changes with %s', (path, value) => {
    expect(of(exampleWith([path, value]))).not.toBe(of(exampleText));
  });
});

describe('what an approval rests on', () => {
  const name = 'employee-promotion';
  const of = (text: string): string => modelFingerprint(loaded(text), name);

  it.each([
    ['server.port', 3001],
    ['logs.level', 'debug'],
    ['store.lease', '45s'],
    ['links.hosts', ['runbooks.example.com', 'wiki.example.com']],
    ['alerts.channel', 'C0OTHER'],
  ])('is the same on a replica with another %s', (path, value) => {
    expect(of(exampleWith([path, value]))).toBe(of(exampleText));
  });

  it('is not touched by another model', () => {
    const { models } = parse(exampleText) as { models: Record<string, object> };
    const twin = { ...models[name], endpoint: 'twin', packageGroup: 'twin' };
    expect(of(exampleWith(['models.twin', twin]))).toBe(of(exampleText));
  });

  it.each([
    [promo('rollout.bake'), '11m'],
    [promo('approval.all'), [{ group: 'S0APPROVERS', count: 2 }]],
    [promo('evidence.gate.auc'), 0.81],
    [promo('guardrails.drift'), 'off'],
    ['roles.approver', ['S0APPROVERS', 'S0OTHERS']],
    ['roles.deployer', ['S0OTHERS']],
  ])('changes with %s', (path, value) => {
    expect(of(exampleWith([path, value]))).not.toBe(of(exampleText));
  });

  it('is nothing for a model that is not configured', () => {
    expect(() => modelFingerprint(loaded(exampleText), 'constructor')).toThrow('no model constructor');
  });
});

describe('what is accepted and not used yet', () => {
  const table = [
    { key: 'prices', sentence: 'Not counted.' },
    { key: 'models.*.labels', sentence: 'Not read.' },
    { key: 'models.*.evidence.promote', value: 'verdict', sentence: 'Not judged.' },
  ];

  it('is named by its own path when the file has it', () => {
    expect(describeUnused(loaded(exampleText), table)).toEqual([
      { path: 'prices', sentence: 'Not counted.' },
      { path: promo('labels'), sentence: 'Not read.' },
      { path: promo('evidence.promote'), sentence: 'Not judged.' },
    ]);
  });

  it('is not named when the file has it not, but a default counts as its value', () => {
    const without = exampleWith(['prices', undefined], [promo('labels'), undefined], [promo('evidence'), undefined]);
    expect(describeUnused(loaded(without), table).map(({ path }) => path)).toEqual([promo('evidence.promote')]);
    expect(describeUnused(loaded(exampleWith([promo('evidence.promote'), 'gate'])), table)).toHaveLength(2);
  });
});

describe('understudy config check', () => {
  const path = join(folder, 'understudy.yml');

  it('passes a file that starts, with its fingerprint, world and models', () => {
    writeFileSync(path, exampleText);
    const { exitCode, report, fingerprint, faults } = checkConfigFile(path, secrets);
    expect({ exitCode, faults }).toEqual({ exitCode: 0, faults: [] });
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(report).toContain('no faults. Fingerprint');
    expect(report).toContain('World: Slack real, AWS real, store real.');
    expect(report).toContain('1 model: employee-promotion.');
    expect(report).toContain('Accepted, not used by this version yet:');
  });

  it('says what is announced', () => {
    writeFileSync(path, exampleWith(['world.slack', 'local'], ['override.slack', 'http://127.0.0.1:4002']));
    expect(checkConfigFile(path, secrets).report).toContain('Said at every start:\n  AWS is real and Slack is local');
  });

  it('fails with every fault on a line, exit code 2', () => {
    writeFileSync(path, exampleWith(['slcak', {}], [promo('channel'), undefined]));
    const { exitCode, report } = checkConfigFile(path, {});
    expect(exitCode).toBe(2);
    expect(report.split('\n')).toEqual([
      `${path}: 5 faults. The bot does not start.`,
      expect.stringMatching(/^ {2}models\.employee-promotion\.channel: Missing\./),
      '  slcak: Unknown key. Did you mean slack?',
      '  audit.signingKey: Environment variable UNDERSTUDY_AUDIT_KEY is not set.',
      '  slack.botToken: Environment variable SLACK_BOT_TOKEN is not set.',
      '  slack.signingSecret: Environment variable SLACK_SIGNING_SECRET is not set.',
      '',
    ]);
  });

  it('reads the file that UNDERSTUDY_CONFIG names, unless one is asked for', () => {
    writeFileSync(path, exampleText);
    expect(checkConfigFile(undefined, { ...secrets, UNDERSTUDY_CONFIG: path }).exitCode).toBe(0);
    const { exitCode, report } = checkConfigFile(join(folder, 'none.yml'), { ...secrets, UNDERSTUDY_CONFIG: path });
    expect(exitCode).toBe(2);
    expect(report).toContain('The file cannot be read (ENOENT).');
  });
});
