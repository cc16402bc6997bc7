import { type NumberColumn, numberColumns, type TextColumn, textColumns } from '../employees/employee.ts';
import type { FeatureTable } from '../employees/feature-table.ts';
import { type Encoding, encode, encodedWidth } from './encoding.ts';
import { probabilities } from './logistic-regression.ts';

/** What is stored for a trained model, as JSON: all a container needs to score rows. */
export type Artefact = {
  readonly format: typeof artefactFormat;
  readonly version: number;
  readonly encoding: Encoding;
  /** One weight for each place of the encoding, the constant's last. */
  readonly weights: readonly number[];
  readonly threshold: number;
  readonly training: { readonly rows: number; readonly positives: number; readonly penalty: number };
};

export const artefactFormat = 'understudy-logistic-regression/1';

/** The probability of promotion for each row. */
export function scoresOf(artefact: Artefact, table: FeatureTable): Float64Array {
  return probabilities(encode(artefact.encoding, table), artefact.weights);
}

/**
 * Reads an artefact and checks that its parts fit together.
 * @throws {Error} with a sentence when the text is something else
 */
export function parseArtefact(text: string): Artefact {
  const found = JSON.parse(text) as Partial<Artefact>;
  if (found.format !== artefactFormat) {
    throw new Error(`The artefact is not of the form ${artefactFormat}.`);
  }
  const { encoding, weights } = found;
  if (!encoding || !weights || !encoding.text.every(isText) || !encoding.numbers.every(isNumber)) {
    throw new Error('The artefact lacks its encoding or its weights, or names a column that is not a feature.');
  }
  if (encodedWidth(encoding) !== weights.length) {
    throw new Error(`The artefact has ${weights.length} weights; its encoding needs ${encodedWidth(encoding)}.`);
  }
  return found as Artefact;
}

const isText = ({ column }: { column: TextColumn }): boolean => textColumns.includes(column);
const isNumber = ({ column }: { column: NumberColumn }): boolean => numberColumns.includes(column);
