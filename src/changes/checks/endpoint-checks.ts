import type { ShadowTest } from '../../shadow/shadow-test.ts';
import type { ConfigShown, EndpointShown } from '../aws-facts.ts';
import { productionVariants, shadowVariants } from '../config-members.ts';
import type { ChangeKind } from '../plan.ts';
import type { ChangePolicy } from '../policy.ts';
import { type Checked, known, passed, stopped } from './checked.ts';

/** A live endpoint with what its config asks for. */
export type LiveEndpoint = { readonly shown: EndpointShown; readonly config: ConfigShown };

/** Can this endpoint be changed now, and by us? A way back may start from a broken update, nothing else may. */
export function endpointChecks(live: LiveEndpoint, policy: ChangePolicy, its: Circumstances): readonly Checked[] {
  return [
    its.kind === 'rollback' ? isReachable(live.shown) : isInService(live.shown),
    hasOneVariant(live),
    isOnInstances(live),
    isNamedAsConfigured(live, policy),
    shadowIsOurs(live, its.test),
  ];
}

type Circumstances = { readonly kind: ChangeKind; readonly test?: ShadowTest | undefined };

function isReachable(shown: EndpointShown): Checked {
  if (shown.status !== 'update-rollback-failed') return isInService(shown);
  return known(
    'endpoint is in service',
    `Endpoint ${shown.name} serves a mix of configs: its update and its way back failed.`,
  );
}

function isInService({ name, status }: EndpointShown): Checked {
  const check = 'endpoint is in service';
  if (status === 'in-service') return passed(check);
  return stopped(check, `Endpoint ${name} is ${status.replaceAll('-', ' ')}.`, inServiceFix(status));
}

function inServiceFix(status: EndpointShown['status']): string {
  if (status === 'failed') return 'SageMaker lets a failed endpoint only be deleted; delete it and deploy again.';
  if (status === 'update-rollback-failed') return 'It serves a mix of configs. Roll back first.';
  return 'Wait until it is in service, then plan again.';
}

function hasOneVariant({ shown, config }: LiveEndpoint): Checked {
  const check = 'one production variant';
  const { length } = productionVariants(config);
  if (length === 1) return passed(check);
  return stopped(
    check,
    `Endpoint ${shown.name} has ${length} production variants; traffic can be moved for one.`,
    'Bring it to one production variant first.',
  );
}

function isOnInstances({ shown, config }: LiveEndpoint): Checked {
  const check = 'endpoint runs on instances';
  if (!productionVariants(config).some((variant) => variant.serverless)) return passed(check);
  return stopped(
    check,
    `Endpoint ${shown.name} is serverless: SageMaker neither bakes nor shadows there.`,
    'Move it to instances first.',
  );
}

function isNamedAsConfigured({ config }: LiveEndpoint, policy: ChangePolicy): Checked {
  const check = 'variant is named as configured';
  const [variant] = productionVariants(config);
  if (!variant || variant.name === policy.serving.variant) return passed(check);
  return known(
    check,
    `The variant is called ${variant.name}, the configuration says ${policy.serving.variant}. The name that serves is kept.`,
    `Write serving.variant: ${variant.name}.`,
  );
}

function shadowIsOurs({ shown, config }: LiveEndpoint, test: ShadowTest | undefined): Checked {
  const check = 'no foreign shadow';
  const [shadow] = shadowVariants(config);
  if (!shadow || test?.shadowConfig === config.name) return passed(check);
  return stopped(
    check,
    `Endpoint ${shown.name} mirrors its traffic to ${shadow.name}, which was not started here.`,
    'End that shadow test where it was started, then plan again.',
  );
}

/** What the stop of a shadow test goes back to. */
export function plainConfigExists(test: ShadowTest, isGone: boolean): Checked {
  const check = 'config without the shadow exists';
  if (!isGone) return passed(check);
  return stopped(
    check,
    `Endpoint config ${test.plainConfig}, to which the end of shadow test ${test.id} goes back, was deleted.`,
    `Make an endpoint config of that name again: ${test.shadowConfig} without its shadow variant.`,
  );
}

/** A change never happens under a running test. */
export function shadowStopsFirst(test: ShadowTest): Checked {
  return known(
    'shadow test is stopped',
    `Shadow test ${test.id} of version ${test.candidateVersion} is stopped first.`,
  );
}
