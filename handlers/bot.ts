import type { Knocked } from '../src/access/delivery.ts';
import type { Account, Person, Role } from '../src/access/person.ts';
import type { AccessRefusal } from '../src/access/refusal.ts';
import type { InboxMessage } from '../src/alerts/inbox.ts';
import type { ReplayRefusal } from '../src/alerts/replay-refusal.ts';
import type { AuditPage, TrailCheck } from '../src/audit/page.ts';
import type { Change } from '../src/changes/change.ts';
import type { ChangeKind } from '../src/changes/plan.ts';
import type { ChangeRefusal } from '../src/changes/refusal.ts';
import type { Incident } from '../src/incidents/incident.ts';
import type { IncidentRefusal } from '../src/incidents/refusal.ts';
import type { Result } from '../src/kernel/result.ts';
import type { ShadowTest } from '../src/shadow/shadow-test.ts';
import type { ModelStatus, VersionRow } from '../src/status/status.ts';

type By = { readonly id: string; readonly by: Person; readonly requestId: string };

/** Everything a door may ask the bot to do. Wiring fills it; doors know nothing else. */
export type Bot = {
  readonly models: readonly string[];
  readonly access: {
    readonly letIn: (knock: {
      user: string;
      channel: string | undefined;
      needs: Role;
      model: string | undefined;
    }) => Promise<Result<Person, AccessRefusal>>;
    readonly account: (user: string) => Promise<Account>;
    /** Writes the refused knock into the trail. */
    readonly refused: (knock: {
      user: string;
      door: string;
      about: string | undefined;
      model: string | undefined;
      refusal: AccessRefusal;
      requestId: string;
    }) => Promise<void>;
  };
  /** What was taken at a door is written down before Slack is told so, and struck out when it is done. */
  readonly journal: {
    /** True for the first delivery among all replicas; false for a repeated or replayed one. */
    readonly begin: (knocked: Knocked) => Promise<boolean>;
    readonly finish: (trigger: string) => Promise<void>;
  };
  readonly newRequestId: () => string;
  /** Counts work at the doors, so that a stop waits for it. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  readonly modelOf: (kind: string, id: string) => Promise<string | undefined>;
  readonly whisper: (
    to: { user: string; channel?: string | undefined; subject: { kind: string; id: string } },
    message: { text: string; blocks: readonly { type: string }[] },
  ) => Promise<void>;
  readonly trouble: (where: string, error: unknown, requestId: string) => void;
  readonly changes: {
    readonly plan: (wish: {
      kind: ChangeKind;
      model: string;
      version?: number | undefined;
      by: Person;
      channel: string;
      reason?: string | undefined;
      requestId: string;
    }) => Promise<Result<Change, ChangeRefusal>>;
    readonly ask: (press: By) => Promise<Result<Change, ChangeRefusal>>;
    readonly approve: (press: By) => Promise<Result<Change, ChangeRefusal>>;
    readonly reject: (press: By & { reason: string }) => Promise<Result<Change, ChangeRefusal>>;
    readonly withdraw: (press: By) => Promise<Result<Change, ChangeRefusal>>;
    readonly discard: (press: By) => Promise<Result<Change, ChangeRefusal>>;
    readonly abort: (press: By) => Promise<Result<Change, ChangeRefusal>>;
    readonly find: (id: string) => Promise<Change | undefined>;
  };
  readonly incidents: {
    readonly acknowledge: (press: By) => Promise<Result<Incident, IncidentRefusal>>;
    readonly resolve: (press: By & { note?: string | undefined }) => Promise<Result<Incident, IncidentRefusal>>;
    readonly reopen: (press: By) => Promise<Result<Incident, IncidentRefusal>>;
    readonly find: (id: string) => Promise<Incident | undefined>;
    readonly open: () => Promise<readonly Incident[]>;
    readonly replay: (press: By) => Promise<Result<Incident, ReplayRefusal>>;
    readonly unparsed: () => Promise<readonly InboxMessage[]>;
  };
  readonly status: (model: string) => Promise<ModelStatus>;
  readonly versions: (model: string) => Promise<readonly VersionRow[]>;
  readonly shadowOf: (model: string) => Promise<ShadowTest | undefined>;
  readonly audit: {
    readonly page: (chain: string, before?: string) => Promise<AuditPage>;
    readonly verify: (chain: string) => Promise<TrailCheck>;
  };
};
