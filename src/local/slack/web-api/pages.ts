import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';

/** One page of a list, with the cursor of the next one; a cursor is Slack's to read and nobody else's. */
export function pageOf<T>(args: Args, all: readonly T[], usual: number) {
  const limit = args.whole('limit', usual);
  if (limit < 1 || limit > 1_000) throw new ApiError('invalid_limit');
  const start = startOf(args.find('cursor'));
  const rest = start + limit < all.length;
  return {
    page: all.slice(start, start + limit),
    hasMore: rest,
    metadata: { next_cursor: rest ? Buffer.from(`from:${start + limit}`).toString('base64') : '' },
  };
}

function startOf(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0;
  const match = /^from:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!match) throw new ApiError('invalid_cursor');
  return Number(match[1]);
}
