import { accept, type Result, refuse } from '../kernel/result.ts';
import type { VersionShown } from './aws-facts.ts';
import type { ChangeKind } from './plan.ts';
import type { ChangeRefusal } from './refusal.ts';

/** What somebody asked for, beside what there is. */
export type VersionWish = {
  readonly kind: ChangeKind;
  readonly model: string;
  readonly wanted: number | undefined;
  readonly versions: readonly VersionShown[];
  /** The version that serves, when it is one of the package group. */
  readonly serving: number | undefined;
  /** The candidate of the running shadow test. */
  readonly shadowed: number | undefined;
};

/** The version that a deploy, promotion or shadow start is about. Without a number: the candidate, else the newest. */
export function chooseVersion(wish: VersionWish): Result<VersionShown, ChangeRefusal> {
  const chosen = wish.wanted ?? (wish.kind === 'promotion' ? wish.shadowed : undefined);
  if (chosen === undefined) return newest(wish);
  if (chosen === wish.serving) return refuse({ kind: 'already-serving', model: wish.model, version: chosen });
  const found = wish.versions.find(({ version }) => version === chosen);
  if (found) return accept(found);
  const known = wish.versions.map(({ version }) => version).sort((a, b) => b - a);
  return refuse({ kind: 'unknown-version', model: wish.model, wanted: String(chosen), known });
}

function newest({ kind, model, versions, serving }: VersionWish): Result<VersionShown, ChangeRefusal> {
  const candidates = versions
    .filter(
      ({ version, status, approval }) => version > (serving ?? 0) && status === 'completed' && approval !== 'rejected',
    )
    .sort((a, b) => b.version - a.version);
  const [found] = candidates;
  return found ? accept(found) : refuse({ kind: 'no-candidate', model, change: kind });
}
