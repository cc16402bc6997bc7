import type { Draft } from './draft.ts';
import type { Environment } from './environment.ts';
import { allowSwitch, redirectionsOfRealSides } from './rules/redirections.ts';

/** True when a real AWS is looked at from a local Slack, where nobody's identity is proven. */
export function isReadOnly({ world }: Draft): boolean {
  return world?.aws === 'real' && world.slack === 'local';
}

/** What everybody who starts the bot has to read, every time. */
export function announcementsOf(draft: Draft, env: Environment): readonly string[] {
  const redirected = redirectionsOfRealSides(draft, env).map(
    ({ path, side, origin }) =>
      `world.${side} is real, but ${path} sends its calls to ${origin}: ${allowSwitch}=1 allows it.`,
  );
  const readOnly = isReadOnly(draft) ? ['AWS is real and Slack is local: nothing is changed in AWS.'] : [];
  return [...redirected, ...readOnly, ...mentionsWithoutRole(draft)];
}

/** A mention wakes somebody; one who is no operator could not even acknowledge. */
function mentionsWithoutRole({ models, roles }: Draft): readonly string[] {
  return Object.entries(models).flatMap(([name, model]) => {
    const operators = [...(roles?.operator ?? []), ...(model.owners ?? [])];
    const { critical, high, low } = model.severity ?? {};
    const mentioned = new Set([critical?.mention, high?.mention, low?.mention]);
    return [...mentioned].flatMap((who) =>
      who === undefined || operators.includes(who)
        ? []
        : [`Incidents of ${name} mention ${who}, who is no operator and cannot acknowledge them.`],
    );
  });
}
