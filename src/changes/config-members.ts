import { z } from 'zod';
import { WireInput } from '../runner/wire-input.ts';
import type { ConfigShown, ConfigVariant } from './aws-facts.ts';

const Variant = z.looseObject({
  VariantName: z.string(),
  ModelName: z.string().optional(),
  InitialInstanceCount: z.number().optional(),
  InstanceType: z.string().optional(),
  ServerlessConfig: z.unknown().optional(),
});
const Variants = z.array(Variant).default([]);

/** The variants that answer callers. */
export function productionVariants(config: ConfigShown): readonly ConfigVariant[] {
  return variantsOf(config.members.ProductionVariants);
}

/** The variants that get a copy of the traffic and answer nobody. */
export function shadowVariants(config: ConfigShown): readonly ConfigVariant[] {
  return variantsOf(config.members.ShadowProductionVariants);
}

function variantsOf(member: unknown): readonly ConfigVariant[] {
  return Variants.parse(member).map((variant) => ({
    name: variant.VariantName,
    modelName: variant.ModelName,
    instances: variant.InitialInstanceCount,
    instanceType: variant.InstanceType,
    serverless: variant.ServerlessConfig !== undefined,
  }));
}

/** The same config with another model behind its production variant and no shadow; everything else is copied. */
export function withModel(config: ConfigShown, modelName: string): WireInput {
  const { ShadowProductionVariants: _dropped, ...members } = config.members;
  return { ...members, ProductionVariants: mapVariants(members.ProductionVariants, { ModelName: modelName }) };
}

/** Each variant on the list with the same members replaced. */
export function mapVariants(member: WireInput[string] | undefined, change: WireInput): WireInput[] {
  const variants = z.array(WireInput).parse(member);
  return variants.map((variant) => ({ ...variant, ...change }));
}
