import type { AlarmShown, EndpointShown, VersionFacts } from '../../src/changes/aws-facts.ts';
import type { Plan } from '../../src/changes/plan.ts';
import { makePlan } from '../../src/changes/plans/make-plan.ts';
import type { PlanFacts, ServingNow } from '../../src/changes/plans/plan-facts.ts';
import type { ChangePolicy } from '../../src/changes/policy.ts';
import type { ShadowTest } from '../../src/shadow/shadow-test.ts';

export const minuteMs = 60_000;
export const account = '111122223333';
export const region = 'us-east-1';

export const ana = { user: 'U0ANA', name: 'Ana' };
export const bo = { user: 'U0BO', name: 'Bo' };
export const cy = { user: 'U0CY', name: 'Cy' };

export const packageArn = (version: number): string =>
  `arn:aws:sagemaker:${region}:${account}:model-package/promo/${version}`;

export function policy(parts: Partial<ChangePolicy> = {}): ChangePolicy {
  return {
    model: 'promo',
    endpoint: 'promo',
    channel: 'C0PROMO',
    packageGroup: 'promo',
    account,
    region,
    serving: {
      variant: 'AllTraffic',
      instances: 2,
      instanceType: 'ml.m5.large',
      executionRole: `arn:aws:iam::${account}:role/promo-endpoint`,
      capture: { to: 's3://captures/promo', samplingShare: 1 },
    },
    rollout: {
      strategy: 'canary',
      sizeShare: 0.5,
      bakeMs: 10 * minuteMs,
      keepOldForMs: 10 * minuteMs,
      timeoutMs: 60 * minuteMs,
      guards: { errorsShare: 0.01, p99Ms: 250 },
      alarms: [],
    },
    evidence: {
      deploy: 'gate',
      promote: 'gate',
      gate: { auc: 0.8 },
      margins: { accuracy: 0.01, dppl: 0.02 },
      facets: ['gender'],
      facetGapLimit: 0.1,
    },
    approval: { all: [{ group: 'S0APPROVERS', count: 1 }], expiresMs: 8 * 60 * minuteMs },
    shadow: { instances: 1, instanceType: 'ml.m5.large', samplingShare: 0.5, lastsMs: 7 * 24 * 60 * minuteMs },
    configFingerprint: 'f1',
    ...parts,
  };
}

export function rollout(parts: Partial<ChangePolicy['rollout']>): ChangePolicy {
  return policy({ rollout: { ...policy().rollout, ...parts } });
}

export function version(number: number, parts: Partial<VersionFacts> = {}): VersionFacts {
  return {
    version: number,
    packageArn: packageArn(number),
    status: 'completed',
    approval: 'pending',
    images: [image(number)],
    instanceTypes: [],
    ...parts,
  };
}

export function image(number: number) {
  const digest = `sha256:${String(number).repeat(64).slice(0, 64)}`;
  return { image: 'registry/promo:1', digest, artefact: `s3://models/${number}.json`, etag: `etag-${number}` };
}

/** An evaluation report as it is registered: good by default. */
export function report(parts: { auc?: number; logLoss?: number; accuracy?: number; gap?: number } = {}): string {
  const { auc = 0.86, logLoss = 0.24, accuracy = 0.92, gap = 0.01 } = parts;
  return JSON.stringify({
    version: '1',
    rows: 10_961,
    binary_classification_metrics: {
      auc: { value: auc },
      log_loss: { value: logLoss },
      log_loss_best_constant_classifier: { value: 0.29 },
      accuracy: { value: accuracy },
    },
    facets: { gender: { metrics: { DPPL: { value: gap } } } },
  });
}

export function shown(parts: Partial<EndpointShown> = {}): EndpointShown {
  return { name: 'promo', status: 'in-service', configName: 'old', variants: [live()], shadows: [], ...parts };
}

export function live(parts: Partial<EndpointShown['variants'][number]> = {}): EndpointShown['variants'][number] {
  return { name: 'AllTraffic', instances: 2, wantedInstances: 2, weight: 1, wantedWeight: 1, ...parts };
}

/** Version 6 in service on the config `old`. */
export function serving(parts: Partial<ServingNow> = {}): ServingNow {
  return {
    shown: shown(),
    config: {
      name: 'old',
      members: {
        ProductionVariants: [
          {
            VariantName: 'AllTraffic',
            ModelName: 'model-6',
            InstanceType: 'ml.m5.large',
            InitialInstanceCount: 2,
            InitialVariantWeight: 1,
          },
        ],
        DataCaptureConfig: { EnableCapture: true, InitialSamplingPercentage: 100 },
        KmsKeyId: 'key-1',
      },
      tags: [{ Key: 'team', Value: 'hr' }],
    },
    model: { name: 'model-6', packageArn: packageArn(6), images: [image(6)], containers: 1, network: {} },
    version: 6,
    ...parts,
  };
}

export function facts(parts: Partial<PlanFacts> = {}): PlanFacts {
  return {
    kind: 'deploy',
    policy: policy(),
    serving: serving(),
    candidate: version(7),
    report: { version: 7, read: { kind: 'found', text: report() } },
    servingReport: { version: 6, read: { kind: 'found', text: report() } },
    alarms: [],
    approvals: [{ group: 'S0APPROVERS', count: 1, members: [bo.user, cy.user] }],
    ...parts,
  };
}

export const order = { id: 'C212', plannedAt: 1_795_424_400_000 };

export function plan(parts: Partial<PlanFacts> = {}): Plan {
  const made = makePlan(facts(parts), order);
  if (!made.ok) throw new Error(`no plan: ${JSON.stringify(made.refusal)}`);
  return made.value;
}

/** The refusal of a plan, with the sentences that stopped it. */
export function refusalOf(parts: Partial<PlanFacts>) {
  const made = makePlan(facts(parts), order);
  if (made.ok) throw new Error('there is a plan');
  return made.refusal;
}

/** The checks that stop a plan. */
export function stops(parts: Partial<PlanFacts>): readonly string[] {
  const refusal = refusalOf(parts);
  if (refusal.kind !== 'preflight') throw new Error(`refused as ${refusal.kind}`);
  return refusal.findings.filter(({ level }) => level === 'stop').map(({ check }) => check);
}

export function alarm(name: string, parts: Partial<AlarmShown> = {}): AlarmShown {
  return { name, state: 'OK', spanMs: 2 * minuteMs, definition: { AlarmName: name, Threshold: 1 }, ...parts };
}

/** Version 7 beside version 6, config `shadowed` over the plain config `old`. */
export function shadowTest(parts: Partial<ShadowTest> = {}): ShadowTest {
  return {
    schema: 1,
    id: 'S31',
    model: 'promo',
    channel: 'C0PROMO',
    endpoint: 'promo',
    productionVariant: 'AllTraffic',
    shadowVariant: 'Shadow-7',
    productionVersion: 6,
    candidateVersion: 7,
    candidatePackageArn: packageArn(7),
    plainConfig: 'old',
    shadowConfig: 'shadowed',
    samplingShare: 0.5,
    startedBy: ana,
    startedAt: 0,
    endsAt: 7 * 24 * 60 * minuteMs,
    startChange: 'C211',
    state: { kind: 'running', since: 0 },
    ...parts,
  };
}

/** The endpoint while that test runs. */
export function shadowServing(): ServingNow {
  const plain = serving();
  const shadow = { VariantName: 'Shadow-7', ModelName: 'model-7', InitialVariantWeight: 0.5 };
  const members = { ...plain.config.members, ShadowProductionVariants: [shadow] };
  return { ...plain, shown: shown({ configName: 'shadowed' }), config: { ...plain.config, name: 'shadowed', members } };
}
