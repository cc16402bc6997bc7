import { describe, expect, it } from 'vitest';
import { findDynamoDb } from '../../src/local/dynamodb/find-dynamodb.ts';

const nothing = { url: undefined, packaged: undefined, onPath: undefined };

describe('where the local world finds its DynamoDB', () => {
  it('the address given comes first', () => {
    const all = { url: 'http://127.0.0.1:8000/', packaged: '/pkg/dynoxide', onPath: '/usr/bin/dynoxide' };
    expect(findDynamoDb(all)).toEqual({ kind: 'url', url: 'http://127.0.0.1:8000' });
  });

  it('then the optional package, then PATH', () => {
    expect(findDynamoDb({ ...nothing, packaged: '/pkg/dynoxide', onPath: '/usr/bin/dynoxide' })).toEqual({
      kind: 'program',
      path: '/pkg/dynoxide',
    });
    expect(findDynamoDb({ ...nothing, onPath: '/usr/bin/dynoxide' })).toEqual({
      kind: 'program',
      path: '/usr/bin/dynoxide',
    });
  });

  it('with none of them it says the exact lines to type', () => {
    expect(() => findDynamoDb(nothing)).toThrowError(
      /^There is no embedded DynamoDB.*\n {2}docker run --rm -p 8000:8000 amazon\/dynamodb-local\n {2}export UNDERSTUDY_DYNAMODB_URL=http:\/\/127\.0\.0\.1:8000$/,
    );
  });

  it('an address that is none is named', () => {
    expect(() => findDynamoDb({ ...nothing, url: 'localhost' })).toThrowError(/UNDERSTUDY_DYNAMODB_URL is "localhost"/);
  });
});
