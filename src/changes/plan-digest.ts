import { digestOf } from '../kernel/digest.ts';
import { canonicalJson, type Json } from '../kernel/json.ts';
import type { Plan, RunImage } from './plan.ts';

/**
 * What an approval binds to, part by part. Left out on purpose: live counts and weights (the update keeps them), names
 * that others gave (the config that serves now), metric values, findings, who was in the groups, and when it was planned.
 */
export function digestParts(plan: Omit<Plan, 'digest'>): Readonly<Record<string, Json>> {
  const { alarms, abortAlarm, sizeShare, strategy, bakeMs, keepOldForMs, timeoutMs } = plan.rollout;
  return {
    model: plan.model,
    kind: plan.kind,
    endpoint: plan.endpoint,
    steps: plan.steps.map(({ operation, input }) => ({ operation, input })),
    version: plan.target.packageArn,
    images: plan.target.images.map(content),
    serving: (plan.fromImages ?? []).map(content),
    rollout: { strategy, sizeShare, bakeMs, keepOldForMs, timeoutMs, alarms, abortAlarm },
    alarms: (plan.standingAlarms ?? []).map(({ name, definition }) => ({ name, definition })),
    evidence: plan.evidence.kind === 'gate' ? plan.evidence.snapshot : plan.evidence.because,
    shadow: plan.shadow ? { samplingShare: plan.shadow.samplingShare, lastsMs: plan.shadow.lastsMs } : null,
    configuration: plan.configFingerprint,
    approvals: plan.approvals.map(({ group, count }) => ({ group, count })),
  };
}

/** SHA-256 over canonical JSON of the parts. */
export function planDigest(plan: Omit<Plan, 'digest'>): string {
  return digestOf(digestParts(plan));
}

/** The first part that differs between two plans of one change, in words; undefined when both are the same plan. */
export function whatChanged(was: Plan, is: Plan): { what: string; was: string; is: string } | undefined {
  const before = digestParts(was);
  const after = digestParts(is);
  const part = Object.keys(before).find((name) => text(before[name]) !== text(after[name]));
  if (part === undefined) return undefined;
  return { what: words[part] ?? part, was: shortened(before[part]), is: shortened(after[part]) };
}

/** The same question of an artefact that is no longer the one registered: no plan can be made of it any more. */
export function exchangedSince(
  was: Plan,
  now: readonly RunImage[],
): { what: string; was: string; is: string } | undefined {
  const [before, after] = [was.target.images.map(content), now.map(content)];
  if (!now.some((image) => image.exchanged) || text(before) === text(after)) return undefined;
  return { what: words.images ?? 'images', was: shortened(before), is: shortened(after) };
}

const words: Readonly<Record<string, string>> = {
  steps: 'what would be sent to AWS',
  version: 'the version',
  images: 'what is inside the version',
  serving: 'what serves now',
  rollout: 'how traffic moves',
  alarms: 'a standing alarm',
  evidence: 'the evidence',
  shadow: 'the shadow test',
  configuration: 'the configuration',
  approvals: 'who has to approve',
};

function content(image: RunImage): Json {
  return { image: image.image, digest: image.digest, artefact: image.artefact, etag: image.etag };
}

function text(part: Json | undefined): string {
  return part === undefined ? '' : canonicalJson(part);
}

/** Room for one line on a card; the whole is in both plans. */
const shownCharacters = 80;

function shortened(part: Json | undefined): string {
  const whole = typeof part === 'string' ? part : text(part);
  return whole.length <= shownCharacters ? whole : `digest ${digestOf(whole).slice(0, 8)}`;
}
