import { describe, expect, it } from 'vitest';
import { plainReading } from './kit/plain-reading.ts';
import { specimens } from './specimens.ts';

/** What somebody reads on the card of that name. No-break spaces are written as spaces, dates in UTC. */
function reading(name: string): string {
  const card = specimens.find((each) => each.name === name);
  if (!card) throw new Error(`no specimen is called ${name}`);
  return plainReading(card.value)
    .replaceAll('\u00a0', ' ')
    .replaceAll(/<!date[^>]*\|([^>]*)>/g, '$1');
}

describe('the life of a promotion, as it is read', () => {
  it('a plan', () => {
    expect(reading('decision: usual promotion, planned')).toMatchInlineSnapshot(`
      "# 📋 Plan · promote employee-promotion 6 → 7
      Steps  7: registry, model, 3 alarms, config, move the traffic to version 7
      Rollout  50 % for 10 min, then all for 10 min
      Back  by itself, if one of 3 alarms fires
      Takes  at least 20 min, at most 1 h
      Config  employee-promotion-c212
      Evidence  quality gate on 10,962 held-out rows, 5 of 5 met
      :white_check_mark: AUC 0.908, at least 0.800
      :white_check_mark: Log loss 0.207, at most 0.291 (the best constant)
      Reason  stands on the card for everybody
      > Better F1 for three weeks. HR wants it before the Q4 round.
      12 of 12 checks passed, 2 worth knowing
      :warning: 2 × ml.m5.large, 4 during the rollout.
      :warning: It fires only when every call fails. Set 0.01.
      Needs  2 of @S0APPROVERS, not Ana, ask until 2026-11-23 08:42 UTC
      [*Ask for approval*] [Discard]
      -- C212 · plan 9f2c 41ab · nothing was sent to AWS · only you see this"
    `);
  });
  it('an approval, one of two', () => {
    expect(reading('decision: usual promotion, one of two')).toMatchInlineSnapshot(`
      "# ✋ 1 of 2 approvals · promote employee-promotion 6 → 7
      Asked  by Ana, 2026-11-23 08:12 UTC
      > Better F1 for three weeks. HR wants it before the Q4 round.
      Evidence  quality gate on 10,962 held-out rows, 5 of 5 met
      :white_check_mark: AUC 0.908, at least 0.800
      :white_check_mark: Log loss 0.207, at most 0.291 (the best constant)
      :white_check_mark: Gap by gender 0.98 pp, at most 10 pp
      :white_check_mark: Accuracy 0.942, at least 0.922 (version 6)
      :warning: 2 × ml.m5.large, 4 during the rollout.
      :warning: It fires only when every call fails. Set 0.01.
      Rollout  50 % for 10 min, then all for 10 min
      Back  by itself, if one of 3 alarms fires
      Approved  by @U0BO at 2026-11-23 08:36 UTC
      Needs  1 more of @S0APPROVERS, not Ana or Bo, until 2026-11-23 16:12 UTC
      [*Approve*] [Reject…] [⋯ Withdraw (Ana)]
      -- C212 · plan 9f2c 41ab"
    `);
  });
  it('a canary', () => {
    expect(reading('decision: usual promotion, canary')).toMatchInlineSnapshot(`
      "# ⏳ Rolling out 50 % · employee-promotion 6 → 7
      :white_check_mark: 6 of 7 steps, last: make endpoint config employee-promotion-c212
      :white_check_mark: New fleet with version 7
      :hourglass_flowing_sand: Canary: 50 % to 7, bakes until 2026-11-23 08:57 UTC
      :white_medium_square: All traffic to 7, bakes 10 min
      :white_medium_square: Old fleet off
      Alarms  :white_check_mark: none of 3 fires, 1 without data yet
      Latest  about 2026-11-23 09:41 UTC, after that SageMaker goes back
      By  Ana asked, Bo and Chidi approved
      [#Abort#]
      -- C212 · plan 9f2c 41ab · looked at SageMaker 2026-11-23 08:50 UTC"
    `);
  });
  it('live', () => {
    expect(reading('decision: usual promotion, succeeded')).toMatchInlineSnapshot(`
      "# ✅ Live · employee-promotion 6 → 7
      Serving  version 7, all traffic since 2026-11-23 09:09 UTC
      Took  28 min
      Runs  employee-promotion-c212, as asked
      Kept  version 6 (employee-promotion-c198)
      By  @U0ANA asked, @U0BO and @U0CHIDI approved
      [Roll back…]
      -- C212 · plan 9f2c 41ab"
    `);
  });
  it('rolled back', () => {
    expect(reading('decision: usual promotion, rolled back')).toMatchInlineSnapshot(`
      "# ↩️ Rolled back · employee-promotion stays on 6
      Why  alarm employee-promotion-p99 fired
      > Threshold Crossed: p99 1310.0.
      Asked  employee-promotion-c212
      Runs  employee-promotion-c198
      From  2026-11-23 08:41 UTC to 2026-11-23 09:09 UTC
      By  @U0ANA asked, @U0BO and @U0CHIDI approved
      -- C212 · plan 9f2c 41ab"
    `);
  });
  it('failed', () => {
    expect(reading('decision: usual promotion, failed')).toMatchInlineSnapshot(`
      "# ❌ Failed · promote employee-promotion 6 → 7
      Stopped  at step 7 of 7: move the traffic to version 7
      > SageMaker says: no capacity
      Done  6 steps, last: make endpoint config employee-promotion-c212
      When  2026-11-23 09:09 UTC, after 28 min
      By  @U0ANA asked, @U0BO and @U0CHIDI approved
      Next  look at /model status employee-promotion, then roll back
      [*Roll back…*]
      -- C212 · plan 9f2c 41ab"
    `);
  });
});

describe('the life of an incident, as it is read', () => {
  it('firing', () => {
    expect(reading('alert: usual firing')).toMatchInlineSnapshot(`
      "# 🔴 Firing, high · p95 latency 812 ms · employee-promotion
      Limit  500 ms · at worst 1,204 ms · 3 of 3 min
      Since  2026-11-24 02:12 UTC (2026-11-24 02:12 UTC)
      Serving  version 7 · AllTraffic · 3 × ml.m5.large
      Changed  6 → 7 by Ana (C212), 2026-11-23 09:12 UTC
      On call  @S0ONCALL
      Open  <Runbook> · <Alarm> · <Logs> · <Endpoint>
      [*Acknowledge*] [Roll back…] [⋯ Resolve…, Timeline]
      -- I87 · employee-promotion-latency-p95 · 111122223333 us-east-1"
    `);
  });
  it('resolved', () => {
    expect(reading('alert: usual resolved by itself')).toMatchInlineSnapshot(`
      "# ✅ Resolved after 29 min · p95 latency · employee-promotion
      Was  812 ms, at worst 1,204 ms · limit 500 ms
      From  2026-11-24 02:12 UTC to 2026-11-24 02:41 UTC
      Owner  @U0MIRA, acknowledged after 3 min
      Ended  by itself: alarm back to OK, 47 ms
      [Timeline] [Reopen]
      -- I87 · employee-promotion-latency-p95 · 111122223333 us-east-1"
    `);
  });
});

describe('the rest of a day', () => {
  it('a shadow test', () => {
    expect(reading('decision: usual running')).toMatchInlineSnapshot(`
      "# 🎭 Shadow test started · employee-promotion 7 beside 6
      Mirrors  100 % of requests; answers of 7 reach nobody
      Variant  Shadow-7
      Since  2026-11-23 08:12 UTC
      Until  2026-11-30 08:12 UTC
      Serving  version 6 on AllTraffic
      By  Ana, C212
      [Status] [Stop the test…] [⋯ Ask to promote…]
      -- S31 · employee-promotion-c212"
    `);
  });
  it('its summary', () => {
    expect(reading('summary: usual a usual day')).toMatchInlineSnapshot(`
      "# ❓ No verdict · employee-promotion 7 beside 6
      No verdict: latency and errors are within their margins, their answers are not judged yet.
      7,824 production and 7,820 shadow requests, 2026-11-23 08:12 UTC to 2026-11-24 08:12 UTC
      Metric | Judgement | Production | Shadow | Difference | Limit
      p95 latency | ⏳ inconclusive | 41 ms | 46 ms | ×1.12 | ×1.25
      Errors | ⏳ inconclusive | 0.04 % | 0.03 % | −0.01 pp | +0.5 pp
      p50 latency | ℹ️ info | 18 ms | 19 ms | ×1.04 | none
      p99 latency | ℹ️ info | 68 ms | 71 ms | ×1.04 | none
      Requests | ℹ️ info | 7,824 | 7,820 | ×1.00 | none
      [Status] [Stop the test…] [⋯ Ask to promote…]
      -- S31 · summary of 2026-11-24 · 1 d of traffic, 100 % mirrored · measured by CloudWatch, one window decides nothing"
    `);
  });
  it('a message that nobody can read', () => {
    expect(reading('alert: usual unparsed')).toMatchInlineSnapshot(`
      "# ❓ Unparsed · message from ml-guardrails
      Why  neither JSON nor a known text form
      Came  2026-11-23 08:12 UTC, 132 bytes
      Kept  in the inbox as M4412; nobody was called
      | host=ml-7 status=CRIT latency=9000
      [Read it again]
      -- M4412 · ml-guardrails · shown as it came, nothing in it was followed"
    `);
  });
  it('a broken trail', () => {
    expect(reading('list: usual trail check 3')).toMatchInlineSnapshot(`
      "# ❌ Audit trail is broken at line 388 · employee-promotion
      :white_check_mark:  lines 1 to 387 are whole
      :x:  line 388: its content does not match its hash
      :question:  24 lines after it hang on it
      Not sealed  1 line yet, the oldest for 3 s
      Next  keep it as it is and show it to an admin
      -- nothing was repaired · only you see this"
    `);
  });
});
