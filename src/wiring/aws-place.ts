import type { Config } from '../config/config.ts';
import { localCredentials } from './connect-store.ts';

/**
 * Where a client of AWS goes. A local side has its own address and keys, so nothing of the machine's AWS environment
 * counts; a real side has neither, and the SDK's own rules hold.
 */
export function awsPlace(config: Config, region: string) {
  const local =
    config.override.aws === undefined ? {} : { endpoint: config.override.aws, credentials: localCredentials };
  return { region, ...local };
}
