import { z } from 'zod';
import { WireInput } from '../runner/wire-input.ts';

/** What serves, as read from AWS: a version behind an endpoint config. `version` is undefined when we did not make it. */
export const Serving = z.object({
  configName: z.string(),
  modelName: z.string().optional(),
  version: z.number().int().optional(),
  variant: z.string(),
  instances: z.number().int(),
  instanceType: z.string(),
});
export type Serving = z.infer<typeof Serving>;

/** One call that will be sent to AWS, in order. `input` is exactly what goes over the wire and so part of the digest. */
export const Step = z.object({
  /** `service:Operation`, e.g. `sagemaker:UpdateEndpoint`. */
  operation: z.string(),
  input: WireInput,
  says: z.string(),
  /** After the call: wait until the endpoint is InService with this config before the next step. */
  awaits: z.object({ endpoint: z.string(), configName: z.string() }).optional(),
});
export type Step = z.infer<typeof Step>;

/** How traffic moves. Shares 0 to 1; times in milliseconds of domain time. */
export const Rollout = z.object({
  strategy: z.enum(['all-at-once', 'canary', 'linear', 'rolling']),
  sizeShare: z.number().optional(),
  bakeMs: z.number(),
  keepOldForMs: z.number(),
  timeoutMs: z.number(),
  alarms: z.array(z.string()),
  /** The alarm that the Abort button trips; one of `alarms`. */
  abortAlarm: z.string().optional(),
  shortestMs: z.number(),
  longestMs: z.number(),
});
export type Rollout = z.infer<typeof Rollout>;

/** What the evidence rule looked at. `snapshot` is the digest of the report or verdict, so the approval binds to it. */
export const Evidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('gate'),
    snapshot: z.string(),
    /** Each threshold with its value; all met, or there would be no plan. */
    checks: z.array(
      z.object({ metric: z.string(), value: z.number(), limit: z.number(), atLeast: z.boolean(), pass: z.boolean() }),
    ),
    heldOutRows: z.number().int(),
  }),
  z.object({ kind: z.literal('not-needed'), because: z.string() }),
]);
export type Evidence = z.infer<typeof Evidence>;

/** What was found at planning time. `stop` findings refuse the plan; `know` findings are shown. */
export const Finding = z.object({
  level: z.enum(['stop', 'know']),
  check: z.string(),
  sentence: z.string(),
  fix: z.string().optional(),
});
export type Finding = z.infer<typeof Finding>;

/** What runs in one container, by content: a tag or a path alone can change under us. */
export const RunImage = z.object({
  image: z.string(),
  digest: z.string(),
  artefact: z.string(),
  /** Of what lies at the artefact's address now. */
  etag: z.string(),
  /** It was registered with another ETag. */
  exchanged: z.boolean().optional(),
});
export type RunImage = z.infer<typeof RunImage>;

/** A group that has to agree, and how many of its people. */
export const ApprovalNeed = z.object({
  group: z.string(),
  count: z.number().int(),
  /** Who was in the group when the plan was made; only they may approve it. */
  members: z.array(z.string()).optional(),
});
export type ApprovalNeed = z.infer<typeof ApprovalNeed>;

/** What a shadow start puts beside production. */
export const ShadowPlan = z.object({
  variant: z.string(),
  instances: z.number().int(),
  instanceType: z.string(),
  samplingShare: z.number(),
  lastsMs: z.number(),
  /** The config that serves without the shadow: where a stop goes back to. */
  plainConfig: z.string(),
  productionVersion: z.number().int(),
});
export type ShadowPlan = z.infer<typeof ShadowPlan>;

export const changeKinds = ['deploy', 'promotion', 'rollback', 'shadow-start', 'shadow-stop'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/**
 * An ordered list of steps with the digest that approvals bind to. What is under the digest, and what is not, is written
 * in plan-digest.ts alone; everything under it is in this record, so anybody can compute it again.
 */
export const Plan = z.object({
  digest: z.string(),
  model: z.string(),
  kind: z.enum(changeKinds),
  endpoint: z.string(),
  /** Which endpoint in the whole world: the lock that the change takes and gives back. Plans of an older layout have none. */
  endpointKey: z.string().optional(),
  /** The version that will run: number in its package group, ARN, and what is inside it. */
  target: z.object({
    version: z.number().int(),
    packageArn: z.string(),
    configName: z.string(),
    modelName: z.string().optional(),
    images: z.array(RunImage),
  }),
  /** What serves while we plan; undefined on an empty endpoint. */
  from: Serving.optional(),
  /** What runs inside it, by content; absent on an empty endpoint. */
  fromImages: z.array(RunImage).optional(),
  steps: z.array(Step),
  rollout: Rollout,
  /** The standing alarms that guard the rollout, as CloudWatch defined them at planning. */
  standingAlarms: z.array(z.object({ name: z.string(), definition: z.json() })).optional(),
  evidence: Evidence,
  shadow: ShadowPlan.optional(),
  /** The shadow test that the first step stops. */
  stopsShadowTest: z.string().optional(),
  approvals: z.array(ApprovalNeed),
  /** Everybody who may approve, whichever group they were in. */
  approvers: z.array(z.string()),
  configFingerprint: z.string(),
  findings: z.array(Finding),
  checks: z.number().int(),
  plannedAt: z.number(),
});
export type Plan = z.infer<typeof Plan>;
