/** Addresses and names of an open world, as a bot in another process needs them. */
export type WorldAddresses = {
  readonly aws: string;
  readonly slack: string;
  readonly store: string;
  readonly clock: string;
  readonly topic: string;
  readonly account: string;
  readonly region: string;
  readonly queue?: string | undefined;
};

/** How fast the bot may post. Slack's own pace is one message a second. */
export type WorldPace = { readonly postEvery: string };

/** The running example's `understudy.yml` for a local world. The bot reads it as any other file. */
export function worldConfig(at: WorldAddresses, pace: WorldPace, port: number): string {
  return `version: 1
world: { slack: local, aws: local, store: local }
override: { aws: "${at.aws}", slack: "${at.slack}", store: "${at.store}", clock: "${at.clock}", snsCertificates: "${at.aws}" }
topics: ["${at.topic}"]
queues: [${at.queue === undefined ? '' : `"${at.queue}"`}]
alerts: { channel: C0PROMO }
audit: { channel: C0AUDIT, signingKey: env:UNDERSTUDY_AUDIT_KEY }
links: { hosts: [runbooks.example.com] }
slack: { mode: http, team: T0ACME, postEvery: ${pace.postEvery} }
server: { host: 127.0.0.1, port: ${port} }
store: { lease: 6s }
logs: { level: warn }
roles: { approver: [S0APPROVERS], deployer: [S0MLENG], operator: [S0ONCALL, S0MLENG], admin: [U0ANA] }
models:
  employee-promotion:
    endpoint: employee-promotion
    packageGroup: employee-promotion
    channel: C0PROMO
    runbook: https://runbooks.example.com/latency
    aws: { account: "${at.account}", region: ${at.region} }
    owners: [S0MLENG]
    serving: { variant: AllTraffic, instances: 2, instanceType: ml.m5.large, executionRole: "arn:aws:iam::${at.account}:role/understudy-endpoint" }
    data: { target: is_promoted, positive: 1, threshold: 0.5, facets: [{ column: gender, advantaged: m }] }
    rollout: { strategy: canary, size: 50%, bake: 10m, keepOldFor: 10m, timeout: 60m, guards: { errors: 1%, p99: 250ms } }
    shadow: { kind: variant, sampling: 100%, lasts: 7d, margins: { accuracy: 0.01, errorRate: 0.005, latencyRatio: 1.25, dppl: 0.02 } }
    evidence: { deploy: gate, promote: gate, gate: { auc: 0.80 } }
    approval: { all: [{ group: S0APPROVERS, count: 1 }], expires: 8h }
    severity: { critical: { mention: S0ONCALL }, high: { mention: S0ONCALL }, low: {} }
    summary: { at: "*/15 * * * *", timezone: Europe/Berlin }
`;
}
