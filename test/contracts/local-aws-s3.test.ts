import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wallNow } from '../../src/kernel/time.ts';
import { type LocalAws, openLocalAws } from '../../src/local/aws/open-local-aws.ts';
import { openDomainClock } from '../../src/local/clock/domain-clock.ts';
import { account, openClients, refusal, region } from './local-aws-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'understudy-s3-'));
const clock = openDomainClock(wallNow());
const Bucket = 'acme-models';
let aws: LocalAws;
let s3: S3Client;

async function open(): Promise<void> {
  aws = await openLocalAws({ clock, wall: wallNow, account, region, containers: [], s3Dir: folder });
  s3 = openClients(aws).s3;
}

beforeEach(async () => {
  await open();
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterEach(async () => {
  s3.destroy();
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

async function text(Key: string, Range?: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...(Range ? { Range } : {}) }));
  return (await Body?.transformToString()) ?? '';
}

describe('objects', () => {
  it('come back as they were put, with the MD5 as ETag', async () => {
    const Key = 'a b/ü+?/../model.json';
    const put = await s3.send(
      new PutObjectCommand({ Bucket, Key, Body: 'hello', ContentType: 'application/json', Metadata: { by: 'bo' } }),
    );
    expect(put.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(await text(Key)).toBe('hello');
    expect(await text(Key, 'bytes=1-2')).toBe('el');
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({
      ContentLength: 5,
      ContentType: 'application/json',
      ETag: put.ETag,
      Metadata: { by: 'bo' },
    });
  });

  it('that are streamed are stored without their framing', async () => {
    const parts = ['x'.repeat(70_000), 'y'.repeat(70_000), 'end'];
    const Body = Readable.from(parts.map((part) => Buffer.from(part)));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: 140_003 }));
    expect(await text('stream')).toBe(parts.join(''));
  });

  it('with a wrong checksum are refused', async () => {
    const wrong = s3.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello', ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }),
    );
    expect(await refusal(wrong)).toMatch(/^BadDigest/);
  });

  it('that are not there are named in S3’s words', async () => {
    expect(await refusal(s3.send(new GetObjectCommand({ Bucket, Key: 'none' })))).toMatch(/^NoSuchKey/);
    expect(await refusal(s3.send(new GetObjectCommand({ Bucket: 'nobody', Key: 'none' })))).toMatch(/^NoSuchBucket/);
    expect(await refusal(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' })))).toMatch(/^NotFound/);
  });

  it('are gone after a delete, which may be repeated', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(await refusal(text('k'))).toMatch(/^NoSuchKey/);
  });

  it('are there again after a restart when they live in a folder', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'deep/key', Body: 'kept' }));
    s3.destroy();
    await aws.close();
    await open();
    expect(await text('deep/key')).toBe('kept');
  });
});

describe('a listing', () => {
  it('pages in key order, below a prefix, and folds at the delimiter', async () => {
    for (const Key of ['c/2', 'c/1', 'c/sub/1', 'c/sub/2', 'd/1'])
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'c/', MaxKeys: 3 }));
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 3 });
    const second = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'c/', MaxKeys: 3, ContinuationToken: first.NextContinuationToken }),
    );
    const keys = [...(first.Contents ?? []), ...(second.Contents ?? [])].map(({ Key }) => Key);
    expect(keys).toEqual(['c/1', 'c/2', 'c/sub/1', 'c/sub/2']);
    expect(second.IsTruncated).toBe(false);
    const folded = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'c/', Delimiter: '/' }));
    expect(folded.CommonPrefixes).toEqual([{ Prefix: 'c/sub/' }]);
    expect(folded.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([
      ['c/1', 3],
      ['c/2', 3],
    ]);
  });
});
