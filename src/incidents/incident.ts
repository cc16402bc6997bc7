import { z } from 'zod';
import { Person } from '../access/person.ts';
import type { Kind } from '../ledger/kind.ts';

export const severities = ['critical', 'high', 'low'] as const;
export type Severity = (typeof severities)[number];

/** What happened to an incident, one line each, in order. */
const Moment = z.object({ at: z.number(), sentence: z.string() });

/** The life of a problem: alerts folded by key; one card, one thread. */
export const Incident = z.object({
  schema: z.literal(1),
  /** `I87` */
  id: z.string(),
  /** The fold key: alarm ARN (+ contributor), or what the source names. Shown on the card. */
  key: z.string(),
  /** Raised when a resolved incident of the same key fires again as a new incident. */
  model: z.string(),
  channel: z.string(),
  severity: z.enum(severities),
  /** Our words for what is wrong: "p95 latency", "error rate". */
  what: z.string(),
  /** Foreign name of the alarm. */
  alarmName: z.string(),
  account: z.string(),
  region: z.string(),
  endpoint: z.string().optional(),
  variant: z.string().optional(),
  /** Value, its worst so far and the limit, in `unit`; undefined when the source names none. */
  measure: z
    .object({
      value: z.number(),
      worst: z.number(),
      limit: z.number(),
      unit: z.enum(['ms', 'share', 'count', 'none']),
      datapoints: z.string(),
    })
    .optional(),
  reason: z.string(),
  openedAt: z.number(),
  /** The source's own state time of the newest message that counted; older ones never win. */
  stateAt: z.number(),
  /** False when the source could not be asked: shown as "reported, not confirmed". */
  confirmed: z.boolean(),
  seen: z.number().int(),
  lastSeenAt: z.number(),
  serving: z
    .object({
      version: z.number().int(),
      instances: z.number().int(),
      instanceType: z.string(),
      since: z.number().optional(),
    })
    .optional(),
  lastChange: z
    .object({ id: z.string(), from: z.number().int().optional(), to: z.number().int(), by: z.string(), at: z.number() })
    .optional(),
  onCall: z.string().optional(),
  runbook: z.string().optional(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('firing') }),
    z.object({ kind: z.literal('acknowledged'), by: Person, at: z.number() }),
    z.object({
      kind: z.literal('resolved'),
      at: z.number(),
      /** A person, or the alarm itself. */
      how: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('by-itself'), value: z.number().optional() }),
        z.object({ kind: z.literal('person'), by: Person, note: z.string().optional() }),
      ]),
      owner: z.object({ by: Person, at: z.number() }).optional(),
    }),
  ]),
  timeline: z.array(Moment),
});
export type Incident = z.infer<typeof Incident>;

export const Incidents: Kind<Incident> = {
  name: 'incident',
  schema: Incident,
  id: (incident) => incident.id,
  open: (incident) => (incident.state.kind === 'resolved' ? undefined : incident.model),
  group: (incident) => incident.model,
  order: (incident) => `${String(incident.openedAt).padStart(15, '0')}.${incident.id}`,
};

/** Which incident a key stands for now. Two replicas that see the same first alert race for this item. */
export const IncidentKey = z.object({ key: z.string(), incident: z.string() });
export type IncidentKey = z.infer<typeof IncidentKey>;

export const IncidentKeys: Kind<IncidentKey> = { name: 'incident-key', schema: IncidentKey, id: (item) => item.key };
