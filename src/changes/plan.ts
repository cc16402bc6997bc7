import { z } from 'zod';

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
  operation: z.string(),
  input: z.record(z.string(), z.json()),
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

export const changeKinds = ['deploy', 'promotion', 'rollback', 'shadow-start', 'shadow-stop'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** An ordered list of steps with the digest that approvals bind to. Everything but the digest is under the digest, but `findings`, times and names. */
export const Plan = z.object({
  digest: z.string(),
  model: z.string(),
  kind: z.enum(changeKinds),
  endpoint: z.string(),
  /** The version that will run: number in its package group, ARN, and what is inside it. */
  target: z.object({
    version: z.number().int(),
    packageArn: z.string(),
    configName: z.string(),
    images: z.array(z.object({ image: z.string(), digest: z.string(), artefact: z.string(), etag: z.string() })),
  }),
  /** What serves while we plan; undefined on an empty endpoint. */
  from: Serving.optional(),
  steps: z.array(Step),
  rollout: Rollout,
  evidence: Evidence,
  approvals: z.array(z.object({ group: z.string(), count: z.number().int() })),
  /** People who were in the approving groups when the plan was made; only they may approve it. */
  approvers: z.array(z.string()),
  configFingerprint: z.string(),
  findings: z.array(Finding),
  checks: z.number().int(),
  plannedAt: z.number(),
});
export type Plan = z.infer<typeof Plan>;
