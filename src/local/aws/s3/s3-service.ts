import { s3ErrorReply } from '../kit/error-reply.ts';
import { AwsError, type AwsReply, type AwsRequest, type LocalService } from '../service.ts';
import { listObjects } from './list-objects.ts';
import { getObject, headObject, putObject } from './object-requests.ts';
import type { ObjectStore } from './object-store.ts';

/** `/bucket/key`, decoded; an empty key means the bucket itself. */
export type S3Place = { readonly bucket: string; readonly key: string };

type S3Operation = (store: ObjectStore, request: AwsRequest, place: S3Place) => AwsReply;

const operations: Readonly<Record<string, S3Operation>> = {
  CreateBucket: (store, _request, { bucket }) => createBucket(store, bucket),
  HeadBucket: (store, _request, { bucket }) => {
    requireBucket(store, bucket);
    return { status: 200, body: '' };
  },
  ListObjectsV2: (store, request, { bucket }) => {
    requireBucket(store, bucket);
    return listObjects(store, bucket, request.query);
  },
  PutObject: (store, request, place) => {
    requireBucket(store, place.bucket);
    return putObject(store, request, place);
  },
  GetObject: (store, request, place) => getObject(requireObject(store, place), request.headers),
  HeadObject: (store, _request, place) => headObject(requireObject(store, place)),
  DeleteObject: (store, _request, { bucket, key }) => {
    requireBucket(store, bucket);
    store.remove(bucket, key);
    return { status: 204, body: '' };
  },
};

/** The part of S3 that artefacts, captures and labels need, path style. It takes whatever no other service took. */
export function s3Service(store: ObjectStore): LocalService {
  return {
    name: 's3',
    takes: (request) => request.path.length > 1 && !request.headers['x-amz-target'],
    operation: (request) => `s3:${operationOf(request, placeOf(request.path))}`,
    answer: async (request) => {
      try {
        const place = placeOf(request.path);
        const wanted = operationOf(request, place);
        const operation = operations[wanted];
        if (!operation) throw new AwsError('NotImplemented', `The local S3 does not know ${wanted}`, 501);
        return operation(store, request, place);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        // A HEAD answer has no body, so the code is lost, as on AWS: clients make `NotFound` of it.
        return request.method === 'HEAD' ? { status: error.status, body: '' } : s3ErrorReply(error);
      }
    },
  };
}

/** Sub-resources such as `?tagging` or `?uploads` ask for another operation than the bare path would. */
const subresources = [
  'uploads',
  'uploadId',
  'tagging',
  'acl',
  'versioning',
  'versions',
  'delete',
  'location',
  'policy',
];

function operationOf(request: AwsRequest, { key }: S3Place): string {
  const special = subresources.find((name) => request.query.has(name));
  if (special !== undefined) return `${request.method}?${special}`;
  if (key === '') return bucketOperations[request.method] ?? request.method;
  if (request.headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
  return objectOperations[request.method] ?? request.method;
}

const bucketOperations: Readonly<Record<string, string>> = {
  PUT: 'CreateBucket',
  HEAD: 'HeadBucket',
  GET: 'ListObjectsV2',
  DELETE: 'DeleteBucket',
};
const objectOperations: Readonly<Record<string, string>> = {
  PUT: 'PutObject',
  GET: 'GetObject',
  HEAD: 'HeadObject',
  DELETE: 'DeleteObject',
};

function placeOf(path: string): S3Place {
  const [bucket = '', ...rest] = path.slice(1).split('/');
  return { bucket: decoded(bucket), key: rest.map(decoded).join('/') };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function createBucket(store: ObjectStore, bucket: string): AwsReply {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
  }
  if (store.hasBucket(bucket)) {
    throw new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
    );
  }
  store.createBucket(bucket);
  return { status: 200, headers: { location: `/${bucket}` }, body: '' };
}

function requireBucket(store: ObjectStore, bucket: string): void {
  if (!store.hasBucket(bucket)) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
}

function requireObject(store: ObjectStore, { bucket, key }: S3Place) {
  requireBucket(store, bucket);
  const found = store.find(bucket, key);
  if (!found) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  return found;
}
