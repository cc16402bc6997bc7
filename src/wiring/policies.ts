import type { RoleBook } from '../access/permit.ts';
import type { SnsPolicy } from '../alerts/sns-rules.ts';
import type { ChangePolicy } from '../changes/policy.ts';
import type { Config, ModelConfig } from '../config/config.ts';
import type { AlertModel, AlertPolicy } from '../incidents/alert-policy.ts';
import type { Summary } from '../shadow/shadow-test.ts';

/** A gap between two groups' selection rates above this is a breach: the usual four-percentage-point floor of bias policies. */
const facetGapLimit = 0.1;

export function roleBook(config: Config): RoleBook {
  const { approver, deployer, operator, admin } = config.roles;
  return {
    team: config.slack.team,
    named: { approver, deployer, operator, admin },
    owners: Object.fromEntries(Object.values(config.models).map((model) => [model.name, model.owners])),
  };
}

export function alertPolicy(config: Config): AlertPolicy & SnsPolicy {
  const certificates = config.override.snsCertificates;
  return {
    models: Object.values(config.models).map(alertModel),
    houseChannel: config.alerts.channel,
    topics: config.topics,
    certificateHosts: certificates === undefined ? [] : [new URL(certificates).origin],
  };
}

function alertModel(model: ModelConfig): AlertModel {
  return {
    name: model.name,
    endpoint: model.endpoint,
    channel: model.channel,
    account: model.aws.account,
    region: model.aws.region,
    severity: model.severity,
    severityRules: model.severity.rules,
    runbook: model.runbook,
  };
}

export function changePolicy(model: ModelConfig, configFingerprint: string): ChangePolicy {
  return {
    model: model.name,
    endpoint: model.endpoint,
    channel: model.channel,
    packageGroup: model.packageGroup,
    account: model.aws.account,
    region: model.aws.region,
    serving: model.serving,
    rollout: model.rollout,
    evidence: {
      ...model.evidence,
      margins: model.margins,
      facets: model.data?.facets.map((facet) => facet.column) ?? [],
      facetGapLimit,
    },
    approval: model.approval,
    shadow: model.shadow,
    configFingerprint,
  };
}

/** How much worse the shadow may be, as the summary shows it. The defaults are those of the margins' section. */
export function summaryMargins(model: ModelConfig): Summary['margins'] {
  return { latencyRatio: model.margins.latencyRatio, errorRate: model.margins.errorRate ?? 0.005 };
}
