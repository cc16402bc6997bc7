import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instant } from '../../../kernel/time.ts';
import type { StoredObject, StoreMirror } from './object-store.ts';

/** What stands beside each body. */
type Label = Pick<StoredObject, 'key' | 'etag' | 'modifiedAt' | 'headers'>;

/** Keeps a store's buckets as folders: each object is a body file and a `.json` label, both named by the key's hash. */
export function folderMirror(dir: string): StoreMirror {
  return {
    bucketMade: (bucket) => mkdirSync(join(dir, bucket), { recursive: true }),
    objectPut: (bucket, { body, ...label }) => {
      mkdirSync(join(dir, bucket), { recursive: true });
      writeFileSync(bodyFile(dir, bucket, label.key), body);
      writeFileSync(`${bodyFile(dir, bucket, label.key)}.json`, JSON.stringify(label satisfies Label));
    },
    objectRemoved: (bucket, key) => {
      rmSync(`${bodyFile(dir, bucket, key)}.json`, { force: true });
      rmSync(bodyFile(dir, bucket, key), { force: true });
    },
  };
}

/** Everything a folder holds from an earlier life. A body without its label was half written and is left out. */
export function readObjectFolder(dir: string): ReadonlyMap<string, readonly StoredObject[]> {
  mkdirSync(dir, { recursive: true });
  const buckets = readdirSync(dir).filter((name) => statSync(join(dir, name)).isDirectory());
  return new Map(buckets.map((bucket) => [bucket, readBucket(join(dir, bucket))]));
}

function readBucket(dir: string): StoredObject[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const label = JSON.parse(readFileSync(join(dir, name), 'utf8')) as Label;
      return {
        ...label,
        modifiedAt: instant(label.modifiedAt),
        body: readFileSync(join(dir, name.slice(0, -'.json'.length))),
      };
    });
}

/** Keys may be longer than file names and may hold `..`, so the file is named by their hash. */
function bodyFile(dir: string, bucket: string, key: string): string {
  return join(dir, bucket, createHash('sha256').update(key).digest('hex'));
}
