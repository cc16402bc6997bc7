import type { Block } from './messages.ts';
import type { Workspace } from './workspace.ts';

/** Somewhere to hear of what happens, and the mouth that tells of it. */
export type News<T> = {
  readonly tell: (news: T) => void;
  /** Returns what stops listening. */
  readonly listen: (listener: (news: T) => void) => () => void;
};

export function openNews<T>(): News<T> {
  const listeners = new Set<(news: T) => void>();
  return {
    tell: (news) => {
      for (const listener of listeners) listener(news);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Slack gives every block an id that has none of its own. */
export function withBlockIds(workspace: Workspace, blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block) => (block.block_id ? block : { ...block, block_id: workspace.nextId('b') }));
}
