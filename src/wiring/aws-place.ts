import type { AwsPlace } from '../aws/clients.ts';
import type { Config } from '../config/config.ts';
import { localCredentials } from './connect-store.ts';

/**
 * Where a client of AWS goes. A local side has its own address and keys, so nothing of the machine's AWS environment
 * counts. A real side has the SDK's own keys, also where the file sends it to another address.
 */
export function awsPlace(config: Config, region: string): AwsPlace {
  return {
    region,
    readOnly: config.readOnly,
    ...(config.override.aws === undefined ? {} : { endpoint: config.override.aws }),
    ...(config.world.aws === 'local' ? { credentials: localCredentials } : {}),
  };
}

/** Makes one of something for each region, and keeps it. */
export function oncePerRegion<T>(make: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const found = made.get(region) ?? make(region);
    made.set(region, found);
    return found;
  };
}
