import { type Put, put, type Versioned } from '../../ledger/kind.ts';
import type { CardNeed } from '../../outbox/card.ts';
import { closedShadowTest, openShadowTest, resumedShadowTest } from '../../shadow/shadow-plan.ts';
import { type ShadowTest, ShadowTests } from '../../shadow/shadow-test.ts';
import type { EndpointShown } from '../aws-facts.ts';
import type { ChangeIn } from '../change.ts';
import type { Plan } from '../plan.ts';
import type { ChangePolicy } from '../policy.ts';
import { type GoodConfig, remembered, ServedConfigs, wentBackFrom } from '../served.ts';
import type { ChangeDeps } from './change-deps.ts';
import { keyOfPlan } from './endpoint-lock.ts';

/** What a change leaves behind beside itself. */
export type After = { readonly puts: readonly Put[]; readonly cards: readonly CardNeed[] };

/** A change that succeeded: its config is good here, a shadow test begins or is over. */
export async function afterSuccess(
  deps: ChangeDeps,
  change: ChangeIn<'running'>,
  policy: ChangePolicy,
): Promise<After> {
  const at = deps.clocks.domain();
  const shadow = await afterShadowStep(deps, change, `${change.id} ${closing[change.plan.kind]}`);
  if (change.plan.kind === 'shadow-stop') return shadow;
  if (change.plan.kind === 'shadow-start') return await begun(deps, change, at);
  const key = keyOfPlan(change.plan, policy);
  const found = await deps.find(ServedConfigs, key);
  const served = found?.value ?? { endpoint: key, configs: [] };
  const left = change.plan.kind === 'rollback' ? wentBackFrom(served, leftConfig(change.plan), at) : served;
  const next = remembered(left, goodConfig(change, at));
  return { ...shadow, puts: [...shadow.puts, put(ServedConfigs, next, found?.version ?? 0)] };
}

const closing: Readonly<Record<Plan['kind'], string>> = {
  deploy: 'deployed another version',
  promotion: 'promoted a version',
  rollback: 'rolled back',
  'shadow-start': 'started another test',
  'shadow-stop': 'stopped it',
};

/** The step that takes a shadow down is proven done: the endpoint serves the plain config, so no shadow instance is left. */
export async function afterShadowStep(deps: ChangeDeps, change: ChangeIn<'running'>, because: string): Promise<After> {
  const test = await stoppingTest(deps, change);
  if (!test) return nothing;
  return testWritten(test, closedShadowTest(test.value, deps.clocks.domain(), because));
}

/** A change that ended otherwise: what became of the test that it was stopping is what the endpoint shows. */
export async function afterTrouble(
  deps: ChangeDeps,
  change: ChangeIn<'running'>,
  endpoint: EndpointShown | undefined,
): Promise<After> {
  const test = await stoppingTest(deps, change);
  if (!test) return nothing;
  const at = deps.clocks.domain();
  if (endpoint?.configName === test.value.shadowConfig) return testWritten(test, resumedShadowTest(test.value, at));
  return testWritten(test, closedShadowTest(test.value, at, `${change.id} stopped it and then went no further`));
}

const nothing: After = { puts: [], cards: [] };

async function stoppingTest(deps: ChangeDeps, { id, plan }: ChangeIn<'running'>) {
  if (plan.stopsShadowTest === undefined) return undefined;
  const test = await deps.find(ShadowTests, plan.stopsShadowTest);
  const state = test?.value.state;
  return state?.kind === 'stopping' && state.change === id ? test : undefined;
}

function testWritten(was: Versioned<ShadowTest>, is: ShadowTest): After {
  return { puts: [put(ShadowTests, is, was.version)], cards: [cardOf(is)] };
}

function cardOf(test: ShadowTest): CardNeed {
  return { subject: { kind: 'shadow-test', id: test.id }, channel: test.channel };
}

async function begun(deps: ChangeDeps, change: ChangeIn<'running'>, at: number): Promise<After> {
  const { plan } = change;
  if (!plan.shadow) return nothing;
  const { variant, plainConfig, productionVersion, samplingShare, lastsMs } = plan.shadow;
  const test = openShadowTest({
    id: `S${await deps.nextNumber('shadow-test')}`,
    change: { id: change.id, model: change.model, channel: change.channel, by: change.requestedBy },
    endpoint: plan.endpoint,
    productionVariant: plan.from?.variant ?? '',
    productionVersion,
    candidate: { version: plan.target.version, packageArn: plan.target.packageArn },
    variant,
    plainConfig,
    shadowConfig: plan.target.configName,
    samplingShare,
    at,
    lastsMs,
  });
  return { puts: [put(ShadowTests, test, 0)], cards: [cardOf(test)] };
}

/** The production config that a rollback left: where a shadow was stopped first, the plain one below it. */
function leftConfig({ steps, from }: Plan): string {
  const awaited = steps.slice(0, -1).findLast((step) => step.awaits !== undefined)?.awaits?.configName;
  return awaited ?? from?.configName ?? '';
}

function goodConfig({ id, plan }: ChangeIn<'running'>, since: number): GoodConfig {
  const { configName, modelName, version, packageArn, images } = plan.target;
  const base = { configName, version, packageArn, images, change: id, since };
  return modelName === undefined ? base : { ...base, modelName };
}
