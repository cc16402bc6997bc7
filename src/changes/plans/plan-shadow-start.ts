import { type Result, refuse } from '../../kernel/result.ts';
import { shadowVariantName } from '../../shadow/shadow-plan.ts';
import type { VersionFacts } from '../aws-facts.ts';
import { type Checked, known, passed, stopped } from '../checks/checked.ts';
import { endpointChecks } from '../checks/endpoint-checks.ts';
import { versionChecks } from '../checks/version-checks.ts';
import type { Plan, ShadowPlan } from '../plan.ts';
import type { ShadowPolicy } from '../policy.ts';
import type { ChangeRefusal } from '../refusal.ts';
import { switchAtOnce } from '../rollout.ts';
import { shadowConfigStep, switchConfigStep } from '../steps/endpoint-steps.ts';
import { approvePackageStep, createModelStep } from '../steps/model-steps.ts';
import { finishPlan, type PlanBody } from './finish-plan.ts';
import type { PlanFacts, PlanOrder, ServingNow } from './plan-facts.ts';
import { released, stepSubject } from './plan-release.ts';

/** The candidate beside production: it gets a copy of the traffic, its answers reach nobody. */
export function planShadowStart(facts: PlanFacts, order: PlanOrder): Result<Plan, ChangeRefusal> {
  const { candidate, policy, serving, test, kind } = facts;
  if (!serving) return refuse({ kind: 'nothing-serves', model: policy.model, change: kind });
  if (test) return refuse({ kind: 'shadow-running', model: policy.model, shadowTest: test.id });
  if (!candidate) return refuse({ kind: 'no-candidate', model: policy.model, change: kind });
  const checked = [
    ...endpointChecks(serving, policy, facts),
    ...candidateChecks(candidate),
    ...productionChecks(serving),
  ];
  if (!policy.shadow || serving.version === undefined) {
    return finishPlan(facts, order, { ...nothing(candidate), checked: [...checked, isConfigured(policy.shadow)] });
  }
  const subject = stepSubject(policy, candidate, order);
  const shadow = shadowPlan(policy.shadow, { serving, production: serving.version, candidate: candidate.version });
  return finishPlan(facts, order, {
    ...released(candidate, subject),
    steps: [
      ...(candidate.approval === 'approved' ? [] : [approvePackageStep(subject)]),
      createModelStep(subject, policy.serving, serving.model?.network ?? {}),
      shadowConfigStep(subject, serving.config, shadow),
      switchConfigStep(policy.endpoint, subject.names.config, `mirror traffic to version ${candidate.version}`),
    ],
    rollout: switchAtOnce(),
    evidence: { kind: 'not-needed', because: 'A shadow answers nobody; the test is where its evidence comes from.' },
    shadow,
    checked: [...checked, ...versionChecks(candidate, shadow.instanceType), isConfigured(policy.shadow), cost(shadow)],
  });
}

type Beside = { readonly serving: ServingNow; readonly production: number; readonly candidate: number };

function shadowPlan(policy: ShadowPolicy, { serving, production, candidate }: Beside): ShadowPlan {
  return {
    variant: shadowVariantName(candidate),
    instances: policy.instances,
    instanceType: policy.instanceType,
    samplingShare: policy.samplingShare,
    lastsMs: policy.lastsMs,
    plainConfig: serving.config.name,
    productionVersion: production,
  };
}

/** Stands in for the body of a plan that a check is about to refuse. */
function nothing({ version, packageArn, images }: VersionFacts): Omit<PlanBody, 'checked'> {
  return {
    target: { version, packageArn, images: [...images], configName: '' },
    steps: [],
    rollout: switchAtOnce(),
    evidence: { kind: 'not-needed', because: 'There is no plan.' },
  };
}

function isConfigured(shadow: ShadowPolicy | undefined): Checked {
  const check = 'shadow tests are configured';
  if (shadow) return passed(check);
  return stopped(check, 'This model has no shadow tests in the configuration.', 'Write its shadow section.');
}

/** SageMaker shadows single containers only, and makes a model only from an approved version. */
function candidateChecks({ version, images, approval }: VersionFacts): readonly Checked[] {
  const single = 'the candidate can be shadowed';
  const approved = 'the registry says Approved';
  return [
    images.length <= 1
      ? passed(single)
      : stopped(
          single,
          `Version ${version} has ${images.length} containers; SageMaker shadows one.`,
          'Compare it offline.',
        ),
    approval === 'approved'
      ? passed(approved)
      : known(
          approved,
          `Version ${version} will be marked Approved in the registry: SageMaker makes models from approved versions only. It is no approval to promote.`,
        ),
  ];
}

function productionChecks({ version, config }: ServingNow): readonly Checked[] {
  const registered = 'what serves is a registered version';
  const capture = 'requests are captured';
  return [
    version !== undefined
      ? passed(registered)
      : stopped(
          registered,
          `${config.name}, which serves, is no version of the package group, so there is nothing to compare with.`,
          'Deploy a registered version first.',
        ),
    config.members.DataCaptureConfig !== undefined
      ? passed(capture)
      : known(
          capture,
          'Data capture is off: the test compares latency and errors, not answers.',
          'Write serving.capture.',
        ),
  ];
}

function cost({ instances, instanceType, lastsMs }: ShadowPlan): Checked {
  const hours = Math.round((instances * lastsMs) / 3_600_000);
  return known('cost', `${instances}\u00a0×\u00a0${instanceType} more, ${hours} instance-hours until the end.`);
}
