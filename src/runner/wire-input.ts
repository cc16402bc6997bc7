import { z } from 'zod';

/** A JSON object as it goes over the wire to AWS. */
export const WireInput = z.record(z.string(), z.json());
export type WireInput = z.infer<typeof WireInput>;
