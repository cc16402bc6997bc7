import type { ChannelId, GroupId, ModelName } from '../kernel/ids.ts';
import type { Secret } from './forms/secret.ts';
import type { WrittenConfig, WrittenModel } from './schema.ts';

/** Readonly all the way down; secrets keep their one function. */
export type DeepReadonly<T> = T extends Secret | string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

type WrittenShadow = NonNullable<WrittenModel['shadow']>;
type ShadowPolicy = Omit<WrittenShadow, 'instances' | 'instanceType'> & {
  readonly instances: number;
  readonly instanceType: string;
};

/** One model: its endpoint, its people and its policy, every default filled in. */
export type ModelConfig = DeepReadonly<Omit<WrittenModel, 'shadow'>> & {
  readonly name: ModelName;
  /** Margins of the evidence: those of the shadow section, the defaults where there is none. */
  readonly margins: DeepReadonly<WrittenShadow['margins']>;
  readonly shadow?: DeepReadonly<ShadowPolicy> | undefined;
};

/** The checked and frozen configuration. Times are `…Ms`, percentages are `…Share` from 0 to 1. */
export type Config = DeepReadonly<Omit<WrittenConfig, 'models' | 'alerts'>> & {
  /** Where a message goes that belongs to no model. */
  readonly alerts: { readonly channel: ChannelId };
  readonly models: Readonly<Record<string, ModelConfig>>;
  /** True when nothing may be changed in AWS: a real AWS looked at from a local Slack. */
  readonly readOnly: boolean;
  /** What is printed at every start. */
  readonly announcements: readonly string[];
  /** Dotted keys as the file has them, defaults not included. */
  readonly written: readonly string[];
};

/** One needed approval: so many people of this group. */
export type ApprovalNeed = { readonly group: GroupId; readonly count: number };

/** What is wrong with one key. The sentence never repeats a value of the file or of the environment. */
export type ConfigFault = { readonly path: string; readonly sentence: string };
