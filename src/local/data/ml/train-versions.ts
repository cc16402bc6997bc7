import { readFileSync } from 'node:fs';
import { type NumberColumn, numberColumns, type TextColumn, textColumns } from '../employees/employee.ts';
import { type EmployeeTable, readEmployees } from '../employees/read-employees.ts';
import { type Artefact, artefactFormat, scoresOf } from './artefact.ts';
import { encode, learnEncoding } from './encoding.ts';
import { type EvaluationReport, evaluationReport } from './evaluation-report.ts';
import { fitLogisticRegression } from './logistic-regression.ts';
import { type Split, stratifiedSplit, takeRows } from './split.ts';

/** A trained version: the artefact as it is stored, and the report on its held-out rows. */
export type TrainedVersion = { readonly artefact: string; readonly report: EvaluationReport };

/** What one version is trained with. */
export type Recipe = {
  readonly version: number;
  readonly text: readonly TextColumn[];
  readonly numbers: readonly NumberColumn[];
  readonly penalty: number;
};

/** The first version knows departments and numbers only, and is held back hard; the second may use all there is. */
export const recipes: readonly [Recipe, Recipe] = [
  { version: 1, text: ['department'], numbers: numberColumns, penalty: 200 },
  { version: 2, text: textColumns, numbers: numberColumns, penalty: 1 },
];

const modelName = 'employee-promotion';
const splitSeed = 7;
const trainShare = 0.7;
const threshold = 0.5;

/** Trains both versions on one split of the file. Nothing is kept between calls. */
export function trainVersions(csvPath: string): readonly [TrainedVersion, TrainedVersion] {
  const table = readEmployees(readFileSync(csvPath, 'utf8'));
  const split = stratifiedSplit(table.promoted, trainShare, splitSeed);
  return [trainVersion(table, split, recipes[0]), trainVersion(table, split, recipes[1])];
}

/** Trains one version on the split's first part and measures it on the second. */
export function trainVersion(table: EmployeeTable, split: Split, recipe: Recipe): TrainedVersion {
  const training = takeRows(table, split.train);
  const labels = labelsOf(table, split.train);
  const encoding = learnEncoding(training, recipe);
  const weights = fitLogisticRegression(encode(encoding, training), labels, recipe.penalty);
  const artefact: Artefact = {
    format: artefactFormat,
    version: recipe.version,
    encoding,
    weights: Array.from(weights, rounded),
    threshold,
    training: {
      rows: labels.length,
      positives: labels.reduce((sum, label) => sum + label, 0),
      penalty: recipe.penalty,
    },
  };
  const heldOut = takeRows(table, split.heldOut);
  const report = evaluationReport({
    model: modelName,
    split: { seed: splitSeed, train: split.train.length },
    labels: labelsOf(table, split.heldOut),
    scores: scoresOf(artefact, heldOut),
    threshold,
    facets: [{ column: 'gender', advantaged: 'm', values: heldOut.text.gender }],
  });
  return { artefact: `${JSON.stringify(artefact, null, 1)}\n`, report };
}

function labelsOf(table: EmployeeTable, rows: readonly number[]): Uint8Array {
  return Uint8Array.from(rows, (row) => table.promoted[row] ?? 0);
}

/** Ten digits: the last ones depend on the machine's exponential function and would change the artefact's digest. */
function rounded(weight: number): number {
  return Number(weight.toPrecision(10));
}
