import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/changes/plan.ts';
import { planDigest, whatChanged } from '../../src/changes/plan-digest.ts';
import { alarm, facts, image, live, plan, policy, report, rollout, serving, shown, version } from './facts-kit.ts';

const made = plan();
const changed = (parts: Partial<Plan>): Plan => ({ ...made, ...parts });

describe('what an approval does not bind to', () => {
  it('live instance counts and weights', () => {
    const busier = serving({ shown: shown({ variants: [live({ instances: 8, wantedInstances: 8, weight: 3 })] }) });
    expect(plan({ serving: busier }).digest).toBe(made.digest);
  });

  it('names that others gave: a config of the same content under another name', () => {
    const { config } = serving();
    const renamed = serving({ config: { ...config, name: 'other' }, shown: shown({ configName: 'other' }) });
    expect(plan({ serving: renamed }).digest).toBe(made.digest);
  });

  it('what was found, who is in the groups, when it was planned', () => {
    const finding = { level: 'know' as const, check: 'x', sentence: 'y' };
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(), fc.nat(), (approvers, checks, plannedAt) => {
        const other = changed({ approvers, checks, plannedAt, findings: [finding] });
        return planDigest(other) === made.digest;
      }),
    );
  });

  it('the order in which AWS lists the members of a config', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(serving().config.members), { minLength: 3 }), (members) => {
        const { config } = serving();
        const shuffled = serving({ config: { ...config, members: Object.fromEntries(members) } });
        return plan({ serving: shuffled }).digest === made.digest;
      }),
    );
  });

  it('the state of a standing alarm', () => {
    const guarded = (since: number) =>
      plan({ policy: rollout({ alarms: ['p99'] }), alarms: [alarm('p99', { since })] });
    expect(guarded(1).digest).toBe(guarded(2).digest);
  });
});

describe('what voids an approval', () => {
  it.each([
    ['another version', plan({ candidate: version(8), report: facts().report })],
    [
      'another image under the same tag',
      plan({ candidate: version(7, { images: [{ ...image(7), digest: 'sha256:1' }] }) }),
    ],
    ['another artefact under the same path', plan({ candidate: version(7, { images: [{ ...image(7), etag: 'e' }] }) })],
    ['another report', plan({ report: { version: 7, read: { kind: 'found', text: report({ auc: 0.9 }) } } })],
    ['another configuration', plan({ policy: policy({ configFingerprint: 'f2' }) })],
    ['a shorter bake', plan({ policy: rollout({ bakeMs: 300_000 }) })],
    ['a softer guard', plan({ policy: rollout({ guards: { errorsShare: 0.5, p99Ms: 250 } }) })],
    ['one approval less', plan({ approvals: [] })],
    ['other content behind the endpoint', plan({ serving: serving({ model: { ...modelOf(), images: [image(5)] } }) })],
  ])('%s', (_, other) => {
    expect(other.digest).not.toBe(made.digest);
    expect(whatChanged(made, other)).toBeDefined();
  });

  it('another definition of a standing alarm, and says that it was the alarm', () => {
    const guarded = (Threshold: number) =>
      plan({ policy: rollout({ alarms: ['p99'] }), alarms: [alarm('p99', { definition: { Threshold } })] });
    expect(whatChanged(guarded(1), guarded(2))?.what).toBe('a standing alarm');
  });

  it('any change of any input of any step', () => {
    fc.assert(
      fc.property(fc.nat(made.steps.length - 1), fc.string({ minLength: 1 }), fc.string(), (at, member, value) => {
        const steps = made.steps.map((step, place) =>
          place === at ? { ...step, input: { ...step.input, [`x-${member}`]: value } } : step,
        );
        return planDigest(changed({ steps })) !== made.digest;
      }),
    );
  });
});

it('anybody can compute the digest again from the plan as it is kept', () => {
  const { digest, ...kept } = JSON.parse(JSON.stringify(made)) as Plan;
  expect(planDigest(kept)).toBe(digest);
});

function modelOf() {
  const { model } = serving();
  if (!model) throw new Error('no model');
  return model;
}
