import type { ChangeState } from './change.ts';
import type { ChangeKind, Evidence, Finding } from './plan.ts';

type GateCheck = Extract<Evidence, { kind: 'gate' }>['checks'][number];

/** Why a change was not planned, asked, approved or started. Each is a sentence for a person and a line in the trail. */
export type ChangeRefusal =
  | { readonly kind: 'unknown-model'; readonly model: string; readonly known: readonly string[] }
  | {
      readonly kind: 'unknown-version';
      readonly model: string;
      readonly wanted: string;
      readonly known: readonly number[];
    }
  | { readonly kind: 'no-candidate'; readonly model: string; readonly change: ChangeKind }
  | { readonly kind: 'already-serving'; readonly model: string; readonly version: number }
  | { readonly kind: 'nothing-serves'; readonly model: string; readonly change: ChangeKind }
  | { readonly kind: 'no-way-back'; readonly model: string; readonly because: string }
  | { readonly kind: 'shadow-running'; readonly model: string; readonly shadowTest: string }
  | { readonly kind: 'no-shadow'; readonly model: string }
  | { readonly kind: 'evidence-missing'; readonly model: string; readonly version: number; readonly because: string }
  | {
      readonly kind: 'evidence-not-met';
      readonly model: string;
      readonly version: number;
      readonly checks: readonly GateCheck[];
    }
  | { readonly kind: 'evidence-not-yet'; readonly model: string; readonly asked: string }
  | {
      readonly kind: 'preflight';
      readonly model: string;
      readonly findings: readonly Finding[];
      readonly checks: number;
    }
  | {
      readonly kind: 'endpoint-busy';
      readonly endpoint: string;
      readonly holder: string;
      readonly by: string;
      readonly since: number;
    }
  | { readonly kind: 'unknown-change'; readonly id: string }
  | { readonly kind: 'not-the-planner'; readonly id: string; readonly planner: string }
  | { readonly kind: 'own-request'; readonly id: string; readonly change: ChangeKind }
  | { readonly kind: 'not-an-approver'; readonly id: string; readonly groups: readonly string[] }
  | { readonly kind: 'joined-later'; readonly id: string }
  | { readonly kind: 'already-voted'; readonly id: string }
  | {
      readonly kind: 'already-decided';
      readonly id: string;
      readonly state: ChangeState['kind'];
      readonly by: string | undefined;
    }
  | { readonly kind: 'expired'; readonly id: string; readonly expiredAt: number }
  | {
      readonly kind: 'plan-changed';
      readonly id: string;
      readonly what: string;
      readonly was: string;
      readonly is: string;
    }
  | { readonly kind: 'nothing-to-abort'; readonly id: string; readonly state: ChangeState['kind'] };
