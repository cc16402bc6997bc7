import { createHash } from 'node:crypto';
import type { EpochMs } from '../../../kernel/time.ts';

/** One stored object; `headers` are those given at the put that a get has to give back. */
export type StoredObject = {
  readonly key: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly modifiedAt: EpochMs;
  readonly headers: Readonly<Record<string, string>>;
};

export type NewObject = {
  readonly bucket: string;
  readonly key: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Buckets and objects, in memory or in a folder. */
export type ObjectStore = {
  readonly hasBucket: (bucket: string) => boolean;
  readonly createBucket: (bucket: string) => void;
  readonly buckets: () => readonly string[];
  readonly put: (given: NewObject) => StoredObject;
  readonly find: (bucket: string, key: string) => StoredObject | undefined;
  readonly remove: (bucket: string, key: string) => void;
  /** In the order of their keys' UTF-8 bytes, as S3 lists them. */
  readonly list: (bucket: string, prefix: string) => readonly StoredObject[];
};

/** Told of every change, so that a folder can follow. */
export type StoreMirror = {
  readonly bucketMade: (bucket: string) => void;
  readonly objectPut: (bucket: string, object: StoredObject) => void;
  readonly objectRemoved: (bucket: string, key: string) => void;
};

const noMirror: StoreMirror = { bucketMade: () => {}, objectPut: () => {}, objectRemoved: () => {} };

export type ObjectStoreOptions = {
  readonly now: () => EpochMs;
  readonly mirror?: StoreMirror;
  readonly loaded?: ReadonlyMap<string, readonly StoredObject[]>;
};

export function openObjectStore({ now, mirror = noMirror, loaded = new Map() }: ObjectStoreOptions): ObjectStore {
  const buckets = new Map<string, Map<string, StoredObject>>();
  for (const [bucket, objects] of loaded) buckets.set(bucket, new Map(objects.map((object) => [object.key, object])));
  return {
    hasBucket: (bucket) => buckets.has(bucket),
    buckets: () => [...buckets.keys()].sort(),
    createBucket: (bucket) => {
      if (buckets.has(bucket)) return;
      buckets.set(bucket, new Map());
      mirror.bucketMade(bucket);
    },
    put: ({ bucket, key, body, headers = {} }) => {
      const object = { key, body, etag: md5(body), modifiedAt: now(), headers };
      buckets.get(bucket)?.set(key, object);
      mirror.objectPut(bucket, object);
      return object;
    },
    find: (bucket, key) => buckets.get(bucket)?.get(key),
    remove: (bucket, key) => {
      if (buckets.get(bucket)?.delete(key)) mirror.objectRemoved(bucket, key);
    },
    list: (bucket, prefix) =>
      [...(buckets.get(bucket)?.values() ?? [])]
        .filter((object) => object.key.startsWith(prefix))
        .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))),
  };
}

/** An artefact's place, `s3://bucket/key`; undefined for anything else. */
export function s3Place(url: string): { readonly bucket: string; readonly key: string } | undefined {
  const match = /^s3:\/\/([^/]+)\/(.*)$/.exec(url);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { bucket: match[1], key: match[2] };
}

function md5(body: Buffer): string {
  return createHash('md5').update(body).digest('hex');
}
