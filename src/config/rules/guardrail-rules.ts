import type { ModelRule } from './rule.ts';

/** A gap between groups cannot be measured where no groups are named, nor quality where no truth arrives. */
export const guardrailsCanBeMeasured: ModelRule = ({ guardrails, data, labels }, at) => {
  if (!guardrails) return [];
  const needs = [
    { name: 'bias', key: 'data.facets', isThere: (data?.facets.length ?? 0) > 0 },
    { name: 'performance', key: 'labels', isThere: labels !== undefined },
  ] as const;
  return needs
    .filter(({ name, isThere }) => guardrails[name] !== 'off' && !isThere)
    .map(({ name, key }) => ({
      path: `${at}.guardrails.${name}`,
      sentence: `It needs ${key}. Write that section, or off here.`,
      from: [`${at}.guardrails`, `${at}.${key.split('.')[0]}`],
    }));
};
