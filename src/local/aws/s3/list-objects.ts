import { isoInstant } from '../../../kernel/time.ts';
import { xmlElement } from '../kit/xml.ts';
import { AwsError, type AwsReply } from '../service.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';

const maxPage = 1_000;

/** One entry of a listing: an object, or everything below a common prefix. */
type Entry = { readonly name: string; readonly object?: StoredObject };

/** ListObjectsV2: prefix, delimiter, start-after, max-keys and continuation. */
export function listObjects(store: ObjectStore, bucket: string, query: URLSearchParams): AwsReply {
  if (query.get('list-type') !== '2') throw new AwsError('NotImplemented', 'Only ListObjectsV2 is known here', 501);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = Math.min(Number(query.get('max-keys') ?? maxPage), maxPage);
  const after = startOf(query);
  const all = entries(store.list(bucket, prefix), prefix, delimiter).filter(
    ({ name }) => after === undefined || isAfter(name, after),
  );
  const page = all.slice(0, maxKeys);
  const last = page.at(-1);
  const more = all.length > page.length && last !== undefined;
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    xmlElement('Name', bucket),
    xmlElement('Prefix', prefix),
    xmlElement('KeyCount', page.length),
    xmlElement('MaxKeys', maxKeys),
    delimiter === '' ? '' : xmlElement('Delimiter', delimiter),
    xmlElement('IsTruncated', more),
    more ? xmlElement('NextContinuationToken', tokenFor(last.name)) : '',
    ...page.map(entryXml),
    '</ListBucketResult>',
  ];
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: body.join('') };
}

function entries(objects: readonly StoredObject[], prefix: string, delimiter: string): Entry[] {
  const found = new Map<string, Entry>();
  for (const object of objects) {
    const cut = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const name = cut < 0 ? object.key : object.key.slice(0, cut + delimiter.length);
    if (cut < 0) found.set(name, { name, object });
    else if (!found.has(name)) found.set(name, { name });
  }
  return [...found.values()];
}

function entryXml({ name, object }: Entry): string {
  if (!object) return `<CommonPrefixes>${xmlElement('Prefix', name)}</CommonPrefixes>`;
  const members = [
    xmlElement('Key', name),
    xmlElement('LastModified', isoInstant(object.modifiedAt)),
    xmlElement('ETag', `"${object.etag}"`),
    xmlElement('Size', object.body.length),
    xmlElement('StorageClass', 'STANDARD'),
  ];
  return `<Contents>${members.join('')}</Contents>`;
}

function startOf(query: URLSearchParams): string | undefined {
  const token = query.get('continuation-token');
  return token === null ? (query.get('start-after') ?? undefined) : Buffer.from(token, 'base64url').toString();
}

function tokenFor(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function isAfter(name: string, after: string): boolean {
  return Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0;
}
