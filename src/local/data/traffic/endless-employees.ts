import type { Employee } from '../employees/employee.ts';
import { makeEmployees } from '../employees/make-employees.ts';
import { readShape } from '../employees/shape.ts';

/**
 * Counts by level are exact within a batch, so windows of a stream are a little more alike than chance would have them.
 * A batch much larger than a window keeps that small; it takes about an eighth of a second to make.
 */
const batchRows = 10_000;

/** An endless row of employees; the seed decides which. Batches are made when they are first needed. */
export function endlessEmployees(seed: string, rows = batchRows): () => Employee {
  const shape = readShape();
  let batch: readonly Employee[] = [];
  let batches = 0;
  let place = 0;
  return function nextEmployee(): Employee {
    if (place === batch.length) {
      batches += 1;
      place = 0;
      batch = makeEmployees({ seed: `traffic/${seed}/${batches}`, count: rows, shape });
    }
    const employee = batch[place++];
    if (!employee) throw new RangeError('endlessEmployees: a batch needs at least one row');
    return employee;
  };
}
