import { csvLines } from '../../../kernel/csv.ts';
import { sha256Hex } from '../../../kernel/digest.ts';
import type { Container, LoadedModel } from '../../aws/service.ts';
import { featureTable } from '../employees/feature-table.ts';
import { type Artefact, artefactFormat, parseArtefact, scoresOf } from './artefact.ts';

const repository = 'understudy-logistic-regression';
const imagePattern = new RegExp(
  `^\\d{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/${repository}@sha256:[0-9a-f]{64}$`,
);
const replyType = 'text/csv; charset=utf-8';
const scoreDigits = 5;

/** The digest of the one image there is; it changes with the form of the artefact it reads. */
export const imageDigest = `sha256:${sha256Hex(`${repository} ${artefactFormat}`)}`;

/** The image's full name in an account's registry, by digest. */
export function imageUri(account: string, region: string): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com/${repository}@${imageDigest}`;
}

/**
 * The model container: reads an artefact, then answers `text/csv` bodies of one or many rows of the 12 feature columns
 * with one score a line.
 */
export const logisticRegressionContainer: Container = {
  runs: (image) => imagePattern.test(image),
  load: (bytes) => loaded(parseArtefact(Buffer.from(bytes).toString('utf8'))),
};

function loaded(artefact: Artefact): LoadedModel {
  return {
    predict: (body, contentType) => {
      if (!/^text\/csv\s*(;|$)/i.test(contentType)) {
        throw new Error(`The model reads text/csv; the request is ${contentType || 'without a content type'}.`);
      }
      const rows = csvLines(body).map((line) => line.fields);
      if (rows.length === 0) throw new Error('The request body holds no row.');
      return { body: Array.from(scoresOf(artefact, featureTable(rows)), scoreText).join('\n'), contentType: replyType };
    },
  };
}

function scoreText(score: number): string {
  return String(Number(score.toPrecision(scoreDigits)));
}
