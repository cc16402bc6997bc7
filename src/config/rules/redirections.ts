import type { Draft } from '../draft.ts';
import type { Environment } from '../environment.ts';
import { originOf } from '../forms/addresses.ts';

export type Side = 'slack' | 'aws' | 'store';

/** Something that would send a side's calls elsewhere. `path` names it, `origin` is where to. */
export type Redirection = { readonly path: string; readonly side: Side; readonly origin: string };

/** The switch that lets a real side be redirected, for tests against a recorder. Said at every start. */
export const allowSwitch = 'UNDERSTUDY_ALLOW_ENDPOINT_OVERRIDE';

export function mayRedirect(env: Environment): boolean {
  return env[allowSwitch] === '1';
}

/** Which side each address of `override` belongs to. Clock and certificates are AWS's in a local world. */
const sideOf = { aws: 'aws', slack: 'slack', store: 'store', clock: 'aws', snsCertificates: 'aws' } as const;

/** Every address of `override` that is written. */
export function writtenOverrides({ override }: Draft): readonly (Redirection & { readonly address: string })[] {
  const keys = Object.keys(sideOf) as (keyof typeof sideOf)[];
  return keys.flatMap((key) => {
    const address = override?.[key];
    return address === undefined
      ? []
      : [{ path: `override.${key}`, side: sideOf[key], origin: originOf(address), address }];
  });
}

/** What redirects a real side: addresses in the file, and variables that the SDKs obey on their own. */
export function redirectionsOfRealSides(draft: Draft, env: Environment): readonly Redirection[] {
  const { world } = draft;
  if (!world) return [];
  const all = [...writtenOverrides(draft), ...environmentRedirections(env)];
  const real = all.filter(({ side }) => world[side] === 'real');
  return real.filter(({ path }, place) => real.findIndex((other) => other.path === path) === place);
}

function environmentRedirections(env: Environment): readonly Redirection[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value === '') return [];
    return sidesOfVariable(name).map((side) => ({ path: `environment.${name}`, side, origin: originOf(value) }));
  });
}

/** The unnamed variable redirects every AWS client, the store's included. */
function sidesOfVariable(name: string): readonly Side[] {
  if (name === 'SLACK_API_URL') return ['slack'];
  if (name === 'AWS_ENDPOINT_URL') return ['aws', 'store'];
  if (name === 'AWS_ENDPOINT_URL_DYNAMODB') return ['store'];
  return name.startsWith('AWS_ENDPOINT_URL_') ? ['aws'] : [];
}
