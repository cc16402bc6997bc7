import { CreateModelPackageCommand, CreateModelPackageGroupCommand } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAwsReads } from '../../src/aws/aws-reads.ts';
import { makeAwsClients } from '../../src/aws/clients.ts';
import { sha256Hex } from '../../src/kernel/digest.ts';
import { instant, wallNow } from '../../src/kernel/time.ts';
import { type LocalAws, openLocalAws } from '../../src/local/aws/open-local-aws.ts';
import { openDomainClock } from '../../src/local/clock/domain-clock.ts';

const clock = openDomainClock(instant(1_795_424_400_000));
const group = 'promo';
let aws: LocalAws;
let clients: ReturnType<typeof makeAwsClients>;
let registered = 0;

beforeAll(async () => {
  aws = await openLocalAws({ clock, wall: wallNow, account: '111122223333', region: 'us-east-1', containers: [] });
  const credentials = { accessKeyId: 'k', secretAccessKey: 's' };
  clients = makeAwsClients({ region: 'us-east-1', endpoint: aws.url, credentials, readOnly: false });
  for (const bucket of ['models', 'reports', 'elsewhere']) aws.objects.createBucket(bucket);
  aws.objects.put({ bucket: 'models', key: 'm.json', body: Buffer.from('model') });
  await clients.acting.sageMaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: group }));
});
afterAll(async () => {
  clients.close();
  clock.close();
  await aws.close();
});

async function register(container: { Image: string; ImageDigest?: string; ModelDataUrl?: string }): Promise<string> {
  registered += 1;
  const { ModelPackageArn = '' } = await clients.acting.sageMaker.send(
    new CreateModelPackageCommand({
      ModelPackageGroupName: group,
      InferenceSpecification: {
        Containers: [{ ModelDataUrl: 's3://models/m.json', ...container }],
        SupportedContentTypes: ['text/csv'],
        SupportedResponseMIMETypes: ['text/csv'],
      },
    }),
  );
  return ModelPackageArn;
}

const reads = (limitBytes?: number) => makeAwsReads(clients, { prefixes: ['s3://reports/promo'], limitBytes });

describe('a version is known by content', () => {
  const digest = `sha256:${'b'.repeat(64)}`;
  const imageOf = async (container: Parameters<typeof register>[0]) =>
    (await reads().readVersion(await register(container)))?.images[0];

  it('by the digest that was registered, or that stands in the image', async () => {
    expect(await imageOf({ Image: 'promo:1', ImageDigest: digest })).toMatchObject({ digest });
    expect(await imageOf({ Image: `promo@${digest}` })).toMatchObject({ digest });
    expect(await imageOf({ Image: 'promo:1' })).toMatchObject({ digest: '' });
  });

  it('by the ETag that S3 has now, empty when the artefact is gone', async () => {
    const before = await imageOf({ Image: 'promo:1' });
    expect(before?.etag).toMatch(/^[0-9a-f]{32}$/);
    expect(await imageOf({ Image: 'promo:1', ModelDataUrl: 's3://models/gone.json' })).toMatchObject({ etag: '' });
  });

  it('and every version of a group is listed, however many pages there are', async () => {
    while (registered < 103) await register({ Image: 'promo:1' });
    expect(await reads().listVersions(group)).toHaveLength(registered);
    expect(await reads().listVersions('no-such-group')).toEqual([]);
  });
});

describe('an evaluation report is opened only where and as far as it may be', () => {
  const put = (bucket: string, key: string, text: string): string => {
    aws.objects.put({ bucket, key, body: Buffer.from(text) });
    return `s3://${bucket}/${key}`;
  };
  const read = async (uri: string, more: { sha256?: string; limitBytes?: number } = {}) => {
    const { limitBytes, ...source } = more;
    const report = await reads(limitBytes).readReport({ uri, artefact: 's3://models/m.json', ...source });
    return report.kind === 'found' ? report.text : report.because;
  };

  it('under a configured prefix, or beside the artefact of the version', async () => {
    expect(await read(put('reports', 'promo/1.json', 'one'))).toBe('one');
    expect(await read(put('models', 'report.json', 'two'))).toBe('two');
  });

  it('nowhere else, not even beside the prefix', async () => {
    expect(await read(put('elsewhere', 'r.json', 'x'))).toContain('outside the allowed places');
    expect(await read(put('reports', 'promo-of-others/r.json', 'x'))).toContain('outside the allowed places');
    expect(await read('https://example.com/r.json')).toContain('outside the allowed places');
  });

  it('not when it is gone, too large, or another one than was registered', async () => {
    expect(await read('s3://reports/promo/none.json')).toContain('is not there');
    const uri = put('reports', 'promo/2.json', 'x'.repeat(200));
    expect(await read(uri, { limitBytes: 199 })).toContain('larger than 199 bytes');
    expect(await read(uri, { limitBytes: 200 })).toHaveLength(200);
    expect(await read(uri, { sha256: sha256Hex('other') })).toContain('not the one that was registered');
    expect(await read(uri, { sha256: sha256Hex('x'.repeat(200)) })).toHaveLength(200);
  });
});

it('what is not there is absent, not a fault', async () => {
  expect(await reads().readEndpoint('none')).toBeUndefined();
  expect(await reads().readConfig('none')).toBeUndefined();
  expect(await reads().readModel('none')).toBeUndefined();
});
