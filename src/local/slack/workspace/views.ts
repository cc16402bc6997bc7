import { randomBytes } from 'node:crypto';
import type { Block } from './messages.ts';
import { openNews, withBlockIds } from './news.ts';
import type { Workspace } from './workspace.ts';

/** A modal or a Home tab as the app sent it. */
export type ViewPayload = {
  readonly type: 'modal' | 'home';
  readonly blocks: readonly Block[];
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly external_id?: string;
  readonly title?: unknown;
  readonly submit?: unknown;
  readonly close?: unknown;
  readonly clear_on_close?: boolean;
  readonly notify_on_close?: boolean;
};

/** What a person has typed or picked, by block id and action id. */
export type Draft = Map<string, unknown>;

export type StoredView = {
  readonly id: string;
  readonly user: string;
  readonly rootId: string;
  readonly previousId?: string;
  readonly draft: Draft;
  hash: string;
  payload: ViewPayload;
};

export type ViewHappening = {
  readonly kind: 'opened' | 'pushed' | 'updated' | 'closed' | 'published';
  readonly view: StoredView;
};

/** Slack holds at most three modals on top of each other. */
export const stackMax = 3;

/** The modals that lie open before each person, and each person's Home tab. */
export type Views = {
  readonly open: (user: string, payload: ViewPayload) => StoredView;
  readonly push: (user: string, payload: ViewPayload) => StoredView;
  readonly update: (view: StoredView, payload: ViewPayload) => StoredView;
  readonly publish: (user: string, payload: ViewPayload) => StoredView;
  readonly close: (view: StoredView) => void;
  readonly clear: (user: string) => void;
  readonly stackOf: (user: string) => readonly StoredView[];
  readonly homeOf: (user: string) => StoredView | undefined;
  readonly find: (id: string) => StoredView | undefined;
  readonly findExternal: (externalId: string) => StoredView | undefined;
  readonly onHappening: (tell: (happening: ViewHappening) => void) => () => void;
};

export function openViews(workspace: Workspace): Views {
  const stacks = new Map<string, readonly StoredView[]>();
  const homes = new Map<string, StoredView>();
  const { tell, listen } = openNews<ViewHappening>();

  const stackOf = (user: string): readonly StoredView[] => stacks.get(user) ?? [];
  const present = (): readonly StoredView[] => [...[...stacks.values()].flat(), ...homes.values()];

  function told(kind: ViewHappening['kind'], view: StoredView): StoredView {
    tell({ kind, view });
    return view;
  }

  function lay(stack: readonly StoredView[], view: StoredView): StoredView {
    stacks.set(view.user, [...stack, view]);
    return told(stack.length === 0 ? 'opened' : 'pushed', view);
  }

  function update(view: StoredView, payload: ViewPayload): StoredView {
    view.payload = withIds(workspace, payload);
    view.hash = newHash(workspace);
    return told(payload.type === 'home' ? 'published' : 'updated', view);
  }

  function publish(user: string, payload: ViewPayload): StoredView {
    const home = homes.get(user);
    if (home) return update(home, payload);
    const view = newView(workspace, user, { payload });
    homes.set(user, view);
    return told('published', view);
  }

  return {
    open: (user, payload) => lay([], newView(workspace, user, { payload })),
    push: (user, payload) => lay(stackOf(user), newView(workspace, user, { payload, below: stackOf(user).at(-1) })),
    update,
    publish,
    close: (view) => {
      const left = stackOf(view.user).filter((other) => other !== view);
      stacks.set(view.user, left);
      told('closed', view);
    },
    clear: (user) => {
      const stack = stackOf(user);
      stacks.delete(user);
      for (const view of stack) told('closed', view);
    },
    stackOf,
    homeOf: (user) => homes.get(user),
    find: (id) => present().find((view) => view.id === id),
    findExternal: (externalId) => present().find((view) => view.payload.external_id === externalId),
    onHappening: listen,
  };
}

function newView(
  workspace: Workspace,
  user: string,
  { payload, below }: { payload: ViewPayload; below?: StoredView | undefined },
): StoredView {
  const id = workspace.nextId('V');
  const place = below ? { rootId: below.rootId, previousId: below.id } : { rootId: id };
  return { id, user, ...place, draft: new Map(), hash: newHash(workspace), payload: withIds(workspace, payload) };
}

function newHash({ wall }: Workspace): string {
  return `${Math.floor(wall() / 1_000)}.${randomBytes(4).toString('hex')}`;
}

function withIds(workspace: Workspace, payload: ViewPayload): ViewPayload {
  return { ...payload, blocks: withBlockIds(workspace, payload.blocks) };
}
