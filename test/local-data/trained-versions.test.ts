import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseArtefact } from '../../src/local/data/ml/artefact.ts';
import { imageUri, logisticRegressionContainer } from '../../src/local/data/ml/logistic-regression-container.ts';
import { trainVersions } from '../../src/local/data/ml/train-versions.ts';

const csvPath = fileURLToPath(new URL('../../data/Employees Promotion.csv', import.meta.url));
const [first, second] = trainVersions(csvPath);
const metrics = (version: typeof first) => version.report.binary_classification_metrics;
const value = (version: typeof first, name: keyof ReturnType<typeof metrics>): number =>
  metrics(version)[name].value ?? Number.NaN;

describe('the two versions', () => {
  it('are judged on the same held-out rows, with the same share of positives as the file', () => {
    for (const { report } of [first, second]) {
      expect(report.split).toEqual({ seed: 7, train: 38_366, heldOut: 16_442 });
      expect(report.rows).toBe(16_442);
      expect(report.positives / report.rows).toBeCloseTo(0.0852, 3);
    }
  });

  it('the second comes close to logistic regression on the public file', () => {
    expect(Math.abs(value(second, 'auc') - 0.8735)).toBeLessThan(0.03);
    expect(Math.abs(value(second, 'accuracy') - 0.9317)).toBeLessThan(0.005);
    expect(Math.abs(value(second, 'f1') - 0.3915)).toBeLessThan(0.05);
    expect(Math.abs(value(second, 'log_loss') - 0.1975)).toBeLessThan(0.01);
  });

  it('the first passes a gate of 0.80, the second is better on area, log loss, F1 and accuracy', () => {
    expect(value(first, 'auc')).toBeGreaterThan(0.82);
    expect(value(second, 'auc')).toBeGreaterThan(value(first, 'auc') + 0.02);
    expect(value(second, 'log_loss')).toBeLessThan(value(first, 'log_loss') - 0.02);
    expect(value(second, 'f1')).toBeGreaterThan(value(first, 'f1'));
    expect(value(second, 'accuracy')).toBeGreaterThan(value(first, 'accuracy'));
  });

  it('both beat the best constant guess, and neither favours a gender', () => {
    for (const version of [first, second]) {
      expect(value(version, 'log_loss')).toBeLessThan(value(version, 'log_loss_best_constant_classifier'));
      expect(Math.abs(version.report.facets.gender?.metrics.DPPL.value ?? 1)).toBeLessThan(0.02);
    }
  });

  it('report standard deviations where a closed form is known, else null', () => {
    const { auc, accuracy, f1 } = metrics(second);
    expect(auc.standard_deviation).toBeGreaterThan(0.003);
    expect(auc.standard_deviation).toBeLessThan(0.01);
    expect(accuracy.standard_deviation).toBeCloseTo(Math.sqrt((0.9311 * 0.0689) / 16_442), 4);
    expect(f1.standard_deviation).toBeNull();
  });

  it('count every held-out row in a facet group', () => {
    const groups = Object.values(second.report.facets.gender?.groups ?? {});
    expect(groups.reduce((sum, { n }) => sum + n, 0)).toBe(16_442);
  });

  it('come out the same when trained again', () => {
    expect(trainVersions(csvPath)).toEqual([first, second]);
  });
});

describe('the model container', () => {
  const image = imageUri('111122223333', 'us-east-1');
  const model = logisticRegressionContainer.load(Buffer.from(second.artefact));
  const ask = (body: string, type = 'text/csv') => model.predict(body, type).body;
  const row = "Technology,region_4,Bachelor's,f,sourcing,1,33,5,4,1,0,80";

  it('runs its own image, named by digest, in any account and region', () => {
    expect(image).toMatch(/^111122223333\.dkr\.ecr\.us-east-1\.amazonaws\.com\/understudy-logistic-regression@sha256:/);
    expect(logisticRegressionContainer.runs(image)).toBe(true);
    expect(logisticRegressionContainer.runs(imageUri('999988887777', 'eu-central-1'))).toBe(true);
    expect(logisticRegressionContainer.runs(image.replace(/@sha256:.*/, ':latest'))).toBe(false);
    expect(logisticRegressionContainer.runs(image.replace('understudy', 'xgboost'))).toBe(false);
  });

  it('answers one score a line, with a few digits', () => {
    const scores = ask(`${row}\n${row}\n`).split('\n');
    expect(scores.length).toBe(2);
    expect(scores[0]).toBe(scores[1]);
    expect(scores[0]).toMatch(/^0\.\d{2,6}$/);
  });

  it('thinks better of a better training score', () => {
    const better = row.replace(/80$/, '95');
    expect(Number(ask(better))).toBeGreaterThan(Number(ask(row)));
  });

  it('takes quoted fields, CRLF, blanks and levels it has never seen', () => {
    const blank = 'Technology,region_4,,f,sourcing,1,,,4,1,0,80';
    const unknown = '"Research, far",region_99,PhD,x,"head ""hunter""",1,33,5,4,1,0,80';
    for (const score of ask(`${blank}\r\n${unknown}\r\n`).split('\n')) {
      expect(Number(score)).toBeGreaterThan(0);
      expect(Number(score)).toBeLessThan(1);
    }
  });

  it.each([
    ['a short row', `${row}\nTechnology,region_4`, 'Row 2 has 2 fields; the model takes 12.'],
    ['a row with its id', `7,${row}`, 'Row 1 has 13 fields; the model takes 12.'],
    ['a word for a number', row.replace('33', 'old'), 'Row 1: age is "old", which is not a number.'],
    ['nothing', '\n', 'The request body holds no row.'],
    ['an open quote', '"Technology', 'a quote is opened and never closed'],
  ])('refuses %s with a sentence', (_, body, sentence) => {
    expect(() => ask(body)).toThrow(sentence);
  });

  it('reads CSV only', () => {
    expect(() => ask('{}', 'application/json')).toThrow('The model reads text/csv; the request is application/json.');
    expect(ask(row, 'text/csv; charset=utf-8')).toBe(ask(row));
  });

  it('does not load an artefact that is something else or does not fit together', () => {
    const load = (text: string) => () => logisticRegressionContainer.load(Buffer.from(text));
    expect(load('{"format":"other"}')).toThrow('not of the form');
    const cut = { ...parseArtefact(second.artefact), weights: [1, 2] };
    expect(load(JSON.stringify(cut))).toThrow('has 2 weights; its encoding needs');
  });

  it('answers for the version it was given', () => {
    const weaker = logisticRegressionContainer.load(Buffer.from(first.artefact));
    expect(weaker.predict(row, 'text/csv').body).not.toBe(ask(row));
  });
});
