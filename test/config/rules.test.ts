import { describe, expect, it } from 'vitest';
import { exampleWith, faultsOf, loaded, pathsAtFault, promo, secrets } from './kit/real-world.ts';

const local = { slack: 'local', aws: 'local', store: 'local' };
const addresses = {
  aws: 'http://127.0.0.1:4001',
  slack: 'http://localhost:4002',
  store: 'http://[::1]:4003',
  snsCertificates: 'http://127.0.0.1:4001',
};
const inLocalWorld = (...changes: readonly (readonly [string, unknown])[]): string =>
  exampleWith(['world', local], ['override', addresses], ['queues', []], ...changes);
const allowed = { ...secrets, UNDERSTUDY_ALLOW_ENDPOINT_OVERRIDE: '1' };

describe('a real side is not redirected', () => {
  it.each([
    ['aws', 'aws'],
    ['slack', 'slack'],
    ['store', 'store'],
    ['clock', 'aws'],
    ['snsCertificates', 'aws'],
  ])('by override.%s', (key, side) => {
    const faults = faultsOf(exampleWith([`override.${key}`, 'http://127.0.0.1:1']));
    expect(faults.map(({ path }) => path)).toEqual([`override.${key}`]);
    expect(faults[0]?.sentence).toContain(`world.${side} is real`);
  });

  it.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SAGEMAKER', 'AWS_ENDPOINT_URL_DYNAMODB', 'SLACK_API_URL'])(
    'by %s in the environment, whose value is not told',
    (name) => {
      const faults = faultsOf(exampleWith(), { ...secrets, [name]: 'http://10.9.8.7:6' });
      expect(faults.map(({ path }) => path)).toEqual([`environment.${name}`]);
      expect(JSON.stringify(faults)).not.toContain('10.9.8.7');
    },
  );

  it('unless that is allowed aloud: then it is said at every start, by origin alone', () => {
    const env = { ...allowed, SLACK_API_URL: 'https://user:pass@recorder.example.com/api/?token=1' };
    const { announcements } = loaded(exampleWith(['override.aws', 'http://10.1.1.1:4001/path']), env);
    expect(announcements).toEqual([
      expect.stringMatching(/world\.aws is real, but override\.aws .* http:\/\/10\.1\.1\.1:4001: UNDERSTUDY_ALLOW/),
      expect.stringMatching(/environment\.SLACK_API_URL .* https:\/\/recorder\.example\.com: /),
    ]);
  });

  it('any other word than 1 does not allow it', () => {
    const env = { ...secrets, UNDERSTUDY_ALLOW_ENDPOINT_OVERRIDE: 'true' };
    expect(pathsAtFault(exampleWith(['override.aws', 'http://127.0.0.1:1']), env)).toEqual(['override.aws']);
  });

  it('an empty variable redirects nothing', () => {
    expect(pathsAtFault(exampleWith(), { ...secrets, AWS_ENDPOINT_URL: '' })).toEqual([]);
  });
});

describe('a local side is on this machine', () => {
  it('loads with all its addresses, whatever the environment redirects', () => {
    const config = loaded(inLocalWorld(), { ...secrets, AWS_ENDPOINT_URL: 'http://10.0.0.1' });
    expect(config.world).toEqual(local);
    expect(config.announcements).toEqual([]);
  });

  it('each missing address is a fault', () => {
    expect(pathsAtFault(inLocalWorld(['override', {}]))).toEqual([
      'override.slack',
      'override.aws',
      'override.store',
      'override.snsCertificates',
    ]);
  });

  it('also the one that shows whose messages to believe', () => {
    const { snsCertificates: _, ...others } = addresses;
    expect(faultsOf(inLocalWorld(['override', others]))).toEqual([
      { path: 'override.snsCertificates', sentence: expect.stringMatching(/world\.aws is local.*certificates/) },
    ]);
  });

  it.each(['http://10.0.0.1:4001', 'http://localhost.example.com', 'http://0.0.0.0:4001', 'http://127.0.0.1.nip.io'])(
    '%s is another machine, also when redirecting is allowed',
    (address) => {
      expect(pathsAtFault(inLocalWorld(['override.aws', address]), allowed)).toEqual(['override.aws']);
    },
  );

  it('a queue follows its side', () => {
    const here = 'http://127.0.0.1:4001/111122223333/alerts';
    const there = 'https://sqs.us-east-1.amazonaws.com/111122223333/alerts';
    expect(pathsAtFault(inLocalWorld(['queues', [here, there]]))).toEqual(['queues.1']);
    expect(pathsAtFault(exampleWith(['queues', [here, there]]))).toEqual(['queues.0']);
  });
});

describe('a real AWS', () => {
  it('under a local Slack is only looked at', () => {
    const config = loaded(exampleWith(['world.slack', 'local'], ['override.slack', addresses.slack]));
    expect(config.readOnly).toBe(true);
    expect(config.announcements).toEqual(['AWS is real and Slack is local: nothing is changed in AWS.']);
  });

  it('a local AWS under a real Slack may be changed', () => {
    const text = exampleWith(
      ['world.aws', 'local'],
      ['override.aws', addresses.aws],
      ['override.snsCertificates', addresses.snsCertificates],
      ['queues', []],
    );
    expect(loaded(text).readOnly).toBe(false);
  });

  it.each(['arn:aws:sns:here:111122223333:t', 'arn:aws:sns:us-east-1:1111:t', 'arn:aws:sns:us-east-1:000000000000:t'])(
    'has no topic %s, a local one may',
    (topic) => {
      expect(pathsAtFault(exampleWith(['topics', [topic]]))).toEqual(['topics.0']);
      expect(pathsAtFault(inLocalWorld(['topics', [topic]]))).toEqual([]);
    },
  );
});

describe('secrets come from the environment', () => {
  const missing = (name: string, text: string) => faultsOf(text, { ...secrets, [name]: undefined });

  it('each variable that the mode needs has to be set', () => {
    expect(faultsOf(exampleWith(), {}).map(({ path }) => path)).toEqual([
      'audit.signingKey',
      'slack.botToken',
      'slack.signingSecret',
    ]);
    expect(missing('SLACK_APP_TOKEN', exampleWith())).toEqual([]);
  });

  it('a socket needs the app token instead of the signing secret', () => {
    const socket = exampleWith(['slack.mode', 'socket'], ['slack.signingSecret', undefined]);
    expect(missing('SLACK_SIGNING_SECRET', socket)).toEqual([]);
    expect(missing('SLACK_APP_TOKEN', socket)[0]?.path).toBe('slack.appToken');
    expect(loaded(socket).slack.appToken?.reveal()).toBe(secrets.SLACK_APP_TOKEN);
  });

  it('a name of your own is read under that name', () => {
    const text = exampleWith(['slack.botToken', 'env:OUR_TOKEN']);
    expect(faultsOf(text)[0]?.sentence).toBe('Environment variable OUR_TOKEN is not set.');
    expect(loaded(text, { ...secrets, OUR_TOKEN: 'ours' }).slack.botToken.reveal()).toBe('ours');
  });
});

describe('models', () => {
  const second = (aws: unknown): string => {
    const model = loaded(exampleWith()).models['employee-promotion'];
    return exampleWith(['models.twin', { ...minimal, endpoint: model?.endpoint, aws }]);
  };
  const minimal = {
    packageGroup: 'twin',
    channel: 'C0TWIN',
    serving: { instances: 2, instanceType: 'ml.m5.large', executionRole: 'arn:aws:iam::111122223333:role/twin' },
    approval: { all: [{ group: 'S0APPROVERS' }] },
  };

  it('do not share an endpoint', () => {
    const faults = faultsOf(second({ account: '111122223333', region: 'us-east-1' }));
    expect(faults).toEqual([{ path: 'models.twin.endpoint', sentence: expect.stringContaining('employee-promotion') }]);
  });

  it('may use one name in two regions or accounts', () => {
    expect(pathsAtFault(second({ account: '111122223333', region: 'eu-west-1' }))).toEqual([]);
    expect(pathsAtFault(second({ account: '444455556666', region: 'us-east-1' }))).toEqual([]);
  });

  it('have names that AWS takes as part of its own', () => {
    expect(
      pathsAtFault(
        exampleWith([
          'models._house',
          { ...minimal, endpoint: 'twin', aws: { account: '111122223333', region: 'us-east-1' } },
        ]),
      ),
    ).toEqual(['models._house']);
  });
});

describe('who approves', () => {
  it('holds the role of an approver', () => {
    const text = exampleWith([promo('approval.all'), [{ group: 'S0APPROVERS' }, { group: 'S0LEGAL' }]]);
    expect(pathsAtFault(text)).toEqual([promo('approval.all.1.group')]);
  });
});

describe('who is mentioned', () => {
  it('and could not acknowledge is said at every start', () => {
    const { announcements } = loaded(exampleWith([promo('severity.critical.mention'), 'S0LEADS']));
    expect(announcements).toEqual([expect.stringContaining('S0LEADS, who is no operator')]);
  });

  it('may be an owner of the model', () => {
    expect(loaded(exampleWith([promo('severity.critical.mention'), 'S0MLENG'])).announcements).toEqual([]);
  });

  it('later comes later', () => {
    const steps = [
      { after: '10m', to: 'S0LEADS' },
      { after: '10m', to: 'U0ANA' },
    ];
    const path = promo('severity.critical.escalate');
    expect(pathsAtFault(exampleWith([path, steps]))).toEqual([`${path}.1.after`]);
  });
});

describe('a shadow test', () => {
  it('as an experiment needs a role, as a variant it does not', () => {
    expect(pathsAtFault(exampleWith([promo('shadow.role'), undefined]))).toEqual([promo('shadow.role')]);
    expect(pathsAtFault(exampleWith([promo('shadow.role'), undefined], [promo('shadow.kind'), 'variant']))).toEqual([]);
  });

  it('as an experiment ends after 30 days, and labels count at least as long', () => {
    expect(pathsAtFault(exampleWith([promo('shadow.lasts'), '40d']))).toEqual([
      promo('shadow.lasts'),
      promo('shadow.judgeUntil'),
    ]);
  });
});

describe('a guardrail', () => {
  it('on bias needs groups, on performance needs labels', () => {
    const text = exampleWith(
      [promo('data.facets'), []],
      [promo('labels'), undefined],
      [promo('guardrails.performance'), 'default'],
    );
    expect(pathsAtFault(text)).toEqual([promo('guardrails.bias'), promo('guardrails.performance')]);
  });
});

describe('a runbook', () => {
  it('is on a host that may become a link', () => {
    expect(pathsAtFault(exampleWith(['links.hosts', []]))).toEqual([promo('runbook')]);
    expect(pathsAtFault(exampleWith([promo('runbook'), 'https://RUNBOOKS.example.com/other']))).toEqual([]);
  });
});
