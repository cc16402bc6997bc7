import { describe, expect, it } from 'vitest';
import { exampleText, exampleWith, faultsOf, pathsAtFault, promo, secrets } from './kit/real-world.ts';

const sentenceAt = (text: string, path: string, env = secrets as Readonly<Record<string, string | undefined>>) =>
  faultsOf(text, env).find((fault) => fault.path === path)?.sentence;

describe('every fault is listed at once', () => {
  it('five faults of different kinds, between keys and in keys', () => {
    const text = exampleWith(
      [promo('rollout.size'), 'half'],
      [promo('endpoint'), undefined],
      [promo('approval.all'), [{ group: 'S0NOBODY' }]],
      ['sever', { port: 3000 }],
      ['override', { slack: 'http://127.0.0.1:4002' }],
    );
    expect(faultsOf(text, { ...secrets, SLACK_BOT_TOKEN: undefined })).toEqual([
      { path: promo('endpoint'), sentence: expect.stringMatching(/^Missing\. Write the name of an endpoint/) },
      { path: promo('rollout.size'), sentence: 'Write a percentage from 1% to 50%, such as 50%.' },
      { path: 'sever', sentence: 'Unknown key. Did you mean server?' },
      { path: 'override.slack', sentence: expect.stringContaining('world.slack is real') },
      { path: 'slack.botToken', sentence: 'Environment variable SLACK_BOT_TOKEN is not set.' },
      { path: promo('approval.all.0.group'), sentence: expect.stringContaining('not listed under roles.approver') },
    ]);
  });

  it('in two models alike', () => {
    const model = { endpoint: '-', packageGroup: 'a', channel: 'general' };
    const paths = pathsAtFault(exampleWith(['models.other', model]));
    expect(paths).toContain('models.other.endpoint');
    expect(paths).toContain('models.other.channel');
    expect(paths).toContain('models.other.serving.executionRole');
    expect(paths).toContain('models.other.approval.all');
    expect(paths.filter((path) => path.startsWith('models.employee-promotion'))).toEqual([]);
  });

  it('of an empty file, each missing value by its own name', () => {
    expect(pathsAtFault('')).toEqual([
      'version',
      'world.slack',
      'world.aws',
      'world.store',
      'audit.channel',
      'slack.team',
      'models',
    ]);
  });

  it('without conclusions from a key that is itself at fault', () => {
    const text = exampleWith([promo('rollout.bake'), 'long'], [promo('rollout.timeout'), '10m']);
    expect(pathsAtFault(text)).toEqual([promo('rollout.bake')]);
  });
});

describe('a key that is not known', () => {
  it.each([
    [promo('rollout.bakes'), 'bake'],
    [promo('packagegroup'), 'packageGroup'],
    [promo('guardrails.errors.braech'), 'breach'],
    ['modles', 'models'],
    ['store.tables.sate', 'state'],
  ])('%s is answered with %s', (path, meant) => {
    expect(sentenceAt(exampleWith([path, '1%']), path)).toBe(`Unknown key. Did you mean ${meant}?`);
  });

  it('names what is known there when nothing is near', () => {
    expect(sentenceAt(exampleWith(['links.colours', []]), 'links.colours')).toBe('Unknown key. Known here: hosts.');
  });

  it('is found in the members of a list', () => {
    const path = promo('approval.all');
    const text = exampleWith([path, [{ group: 'S0APPROVERS', cuont: 1 }]]);
    expect(sentenceAt(text, `${path}.0.cuont`)).toBe('Unknown key. Did you mean count?');
  });
});

describe('a value of another form', () => {
  it.each([
    [promo('rollout.size'), 0.5, 'a percentage from 1% to 50%'],
    [promo('rollout.size'), '60%', 'a percentage from 1% to 50%'],
    [promo('rollout.bake'), '10 minutes', 'a duration from 0s to 1h'],
    [promo('rollout.bake'), '2h', 'a duration from 0s to 1h'],
    [promo('rollout.strategy'), 'blue', 'one of canary, linear, rolling, all-at-once'],
    [promo('aws.account'), 111122223333, 'an account of 12 digits, in quotes'],
    [promo('aws.region'), 'Virginia', 'an AWS region'],
    [promo('channel'), '#promo', 'a Slack channel id'],
    [promo('serving.instances'), 1.5, 'a whole number from 1 to 1000'],
    [promo('serving.executionRole'), 'promo-endpoint', 'the ARN of an IAM role'],
    [promo('labels.from'), 'labels/', 'a place in S3'],
    [promo('data.threshold'), 2, 'a number from 0 to 1'],
    [promo('severity.critical.mention'), '@here', 'the id of a Slack user or user group'],
    [promo('summary.at'), 'daily', 'a cron expression of five fields'],
    [promo('summary.timezone'), 'Berlin', 'the name of a time zone'],
    [promo('windows'), 'office hours', 'weekdays, hours and a time zone'],
    [promo('guardrails.drift'), 'on', 'default, off, or a section with its levels'],
    [promo('owners'), 'S0MLENG', 'a list'],
    [promo('serving'), 'two instances', 'a section of keys'],
    ['roles.approver.0', '@bo', 'the id of a Slack user or user group'],
    ['topics.0', 'ml-guardrails', 'the ARN of an SNS topic'],
    ['server.port', 99_999, 'a whole number from 0 to 65535'],
    ['override.aws', 'ftp://127.0.0.1', 'an http or https address'],
    ['audit.signingKey', 'my-key', 'the name of an environment variable, never the secret itself'],
    ['version', 2, 'version: 1'],
    ['models', {}, 'at least one model'],
  ])('%s: %j', (path, value, words) => {
    expect(sentenceAt(exampleWith([path, value]), path)).toContain(words);
  });

  it('a warning level comes before the breach', () => {
    const path = promo('guardrails.errors');
    expect(sentenceAt(exampleWith([path, { warn: '2%', breach: '1%' }]), `${path}.warn`)).toContain('below breach');
    const agreement = promo('guardrails.agreement');
    expect(pathsAtFault(exampleWith([agreement, { warn: '97%', breach: '95%' }]))).toEqual([]);
    expect(pathsAtFault(exampleWith([agreement, { warn: '90%', breach: '95%' }]))).toEqual([`${agreement}.warn`]);
  });

  it('low and warning are one severity', () => {
    const path = promo('severity');
    expect(pathsAtFault(exampleWith([path, { low: {}, warning: {} }]))).toEqual([`${path}.warning`]);
  });
});

describe('YAML that cannot be read', () => {
  it('is named by line and column', () => {
    const [fault, ...more] = faultsOf('version: 1\nworld: { slack: real\nmodels: []\n');
    expect(fault?.path).toMatch(/^line [23], column \d+$/);
    expect([fault, ...more].every((each) => (each?.sentence.length ?? 0) > 10)).toBe(true);
  });

  it('a key that is written twice is a fault beside the others', () => {
    const paths = pathsAtFault(`${exampleText}\nversion: 1\nlogz: {}\n`);
    expect(paths).toEqual([expect.stringMatching(/^line \d+, column 1$/), 'logz']);
  });

  it.each([
    ['a tab', 'world:\n\tslack: real\n'],
    ['a tag', 'version: !mine 1\n'],
    ['an alias of nothing', 'version: *one\n'],
    ['two documents', 'version: 1\n---\nversion: 1\n'],
  ])('%s', (_, text) => {
    expect(pathsAtFault(text).some((path) => /^line \d+|^file$/.test(path))).toBe(true);
  });

  it('aliases that multiply are stopped', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefg'.split('').map((key, place) => {
        const before = 'abcdef'[place];
        return `${key}: &${key} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
      }),
    ];
    expect(pathsAtFault(bomb.join('\n'))).toEqual(['file']);
  });
});
