import type { Deliveries } from '../delivery/deliveries.ts';
import type { ResponseUrls } from '../delivery/response-urls.ts';
import type { Ground } from '../web-api/method.ts';
import type { Json } from '../workspace/as-json.ts';
import type { Names } from './plain-text.ts';

/** What every act of a person works on. */
export type Stage = Ground & {
  readonly deliveries: Deliveries;
  readonly responseUrls: ResponseUrls;
  readonly names: Names;
  /** Options that an app has offered in an `external_select`, by where they were offered. */
  readonly offered: Map<string, readonly Json[]>;
};
