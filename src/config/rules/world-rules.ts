import { isLoopback } from '../forms/addresses.ts';
import { accountPattern, regionPattern } from '../forms/aws-names.ts';
import { allowSwitch, mayRedirect, redirectionsOfRealSides, writtenOverrides } from './redirections.ts';
import type { HouseRule } from './rule.ts';

/** A real side is reached where its SDK says, unless somebody allows otherwise aloud. */
export const realSidesAreNotRedirected: HouseRule = (draft, env) =>
  mayRedirect(env)
    ? []
    : redirectionsOfRealSides(draft, env).map(({ path, side }) => ({
        path,
        sentence: `world.${side} is real, so its address cannot be overridden. Take it away, or set ${allowSwitch}=1.`,
        from: [path, 'world'],
      }));

const neededAddresses = [
  { key: 'slack', side: 'slack', what: 'where it listens on this machine' },
  { key: 'aws', side: 'aws', what: 'where it listens on this machine' },
  { key: 'store', side: 'store', what: 'where it listens on this machine' },
  { key: 'snsCertificates', side: 'aws', what: 'where it shows the certificates that sign its messages' },
] as const;

/** A local side without its address would fall back to the real service, or believe only messages that AWS has signed. */
export const localSidesHaveAddresses: HouseRule = ({ world, override }) => {
  if (!world) return [];
  return neededAddresses
    .filter(({ key, side }) => world[side] === 'local' && override?.[key] === undefined)
    .map(({ key, side, what }) => ({
      path: `override.${key}`,
      sentence: `Missing. world.${side} is local, so write ${what}.`,
    }));
};

/** What is called local has to be on this machine. */
export const localAddressesAreLoopback: HouseRule = (draft) =>
  writtenOverrides(draft)
    .filter(({ side, address }) => draft.world?.[side] === 'local' && !isLoopback(address))
    .map(({ path, side }) => ({
      path,
      sentence: `world.${side} is local, so this has to be a loopback address such as http://127.0.0.1:4001.`,
    }));

const amazonQueue = /^https:\/\/[\w.-]+\.amazonaws\.com(\.cn)?\//;

/** A queue's URL is an address too: it follows its side. */
export const queuesFollowTheirSide: HouseRule = ({ world, queues = [] }, env) => {
  if (!world || (world.aws === 'real' && mayRedirect(env))) return [];
  const fits = world.aws === 'real' ? (url: string) => amazonQueue.test(url) : isLoopback;
  const where = world.aws === 'real' ? 'an https address of amazonaws.com' : 'a loopback address';
  return queues.flatMap((url, place) =>
    fits(url) ? [] : [{ path: `queues.${place}`, sentence: `world.aws is ${world.aws}, so a queue has ${where}.` }],
  );
};

/** A real topic has a real region and account; a stand-in may call them what it likes. */
export const realTopicsAreWhole: HouseRule = ({ world, topics = [] }) => {
  if (world?.aws !== 'real') return [];
  return topics.flatMap((topic, place) => {
    const [, , , region = '', account = ''] = topic.split(':');
    if (regionPattern.test(region) && accountPattern.test(account) && !/^0+$/.test(account)) return [];
    const sentence = 'world.aws is real, so the ARN needs a region such as us-east-1 and an account of 12 digits.';
    return [{ path: `topics.${place}`, sentence, from: [`topics.${place}`, 'world'] }];
  });
};

/** Every variable that the file or its defaults name is there. */
export const secretsAreSet: HouseRule = ({ audit, slack }) => {
  const named = [
    ['audit.signingKey', audit?.signingKey],
    ['slack.botToken', slack?.botToken],
    ['slack.signingSecret', slack?.signingSecret],
    ['slack.appToken', slack?.appToken],
  ] as const;
  return named.flatMap(([path, secret]) =>
    secret === undefined || secret.isSet
      ? []
      : [{ path, sentence: `Environment variable ${secret.variable} is not set.`, from: [path] }],
  );
};
