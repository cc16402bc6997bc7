import { Fault } from '../../kernel/fault.ts';

/** Where a DynamoDB comes from: one that already runs, or a program to start. */
export type DynamoDbSource =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'program'; readonly path: string };

/** What the search looks at; the caller reads the environment and the disk. */
export type Surroundings = {
  /** `UNDERSTUDY_DYNAMODB_URL`. */
  readonly url: string | undefined;
  /** Where the optional package's program lies when it is installed for this platform. */
  readonly packaged: string | undefined;
  /** `dynoxide` on PATH. */
  readonly onPath: string | undefined;
};

/** In order: the address given, the optional package, a `dynoxide` on PATH. @throws {Fault} with the lines to type */
export function findDynamoDb({ url, packaged, onPath }: Surroundings): DynamoDbSource {
  if (url !== undefined && url !== '') return { kind: 'url', url: checkedUrl(url) };
  const path = packaged ?? onPath;
  if (path !== undefined) return { kind: 'program', path };
  throw new Fault(
    'dynamodb-missing',
    [
      'There is no embedded DynamoDB for this platform. Start one and say where it is:',
      '  docker run --rm -p 8000:8000 amazon/dynamodb-local',
      '  export UNDERSTUDY_DYNAMODB_URL=http://127.0.0.1:8000',
    ].join('\n'),
  );
}

function checkedUrl(url: string): string {
  if (!/^https?:\/\/[^/\s]+\/?$/.test(url)) {
    throw new Fault(
      'dynamodb-url',
      `UNDERSTUDY_DYNAMODB_URL is ${JSON.stringify(url)}; it must look like http://127.0.0.1:8000`,
    );
  }
  return url.replace(/\/$/, '');
}
