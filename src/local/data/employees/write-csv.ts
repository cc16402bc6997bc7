import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dataFolder } from '../data-folder.ts';
import { employeesCsv } from './employee.ts';
import { makeEmployees } from './make-employees.ts';
import { readShape } from './shape.ts';

/** The seed of the file that is kept; every other stream of employees needs another one. */
export const fileSeed = 'employees-promotion';
export const fileName = 'Employees Promotion.csv';

/** The text of the kept file: as many rows as the public one. */
export function promotionFileText(): string {
  const shape = readShape();
  return employeesCsv(makeEmployees({ seed: fileSeed, count: shape.rows, shape }));
}

// `node dist/src/local/data/employees/write-csv.js` writes the file anew.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(dataFolder(), fileName), promotionFileText());
}
