import { brier } from '../../../stats/brier.ts';
import { accuracy, balancedAccuracy, confusionAt, f1, precision, recall } from '../../../stats/confusion.ts';
import { dppl, type SelectedOf } from '../../../stats/dppl.ts';
import { bestConstantLogLoss, logLoss } from '../../../stats/log-loss.ts';
import { delongVariance, rocAuc } from '../../../stats/roc-auc.ts';

/** A number with its standard deviation; null where it cannot be computed, or where no closed form is known. */
export type Metric = { readonly value: number | null; readonly standard_deviation: number | null };

/** The evaluation report that is registered with a version, measured on rows the model was not trained on. */
export type EvaluationReport = {
  readonly version: 1;
  readonly model: string;
  readonly algorithm: 'logistic-regression';
  readonly split: { readonly seed: number; readonly train: number; readonly heldOut: number };
  readonly rows: number;
  readonly positives: number;
  readonly threshold: number;
  readonly binary_classification_metrics: Readonly<Record<MetricName, Metric>>;
  readonly facets: Readonly<Record<string, FacetReport>>;
};

export type MetricName =
  | 'auc'
  | 'accuracy'
  | 'f1'
  | 'precision'
  | 'recall'
  | 'balanced_accuracy'
  | 'log_loss'
  | 'brier'
  | 'log_loss_best_constant_classifier'
  | 'accuracy_best_constant_classifier';

export type FacetReport = {
  readonly advantaged: string;
  readonly groups: Readonly<Record<string, SelectedOf>>;
  readonly metrics: { readonly DPPL: { readonly value: number | null } };
};

/** What was held out, how the model scored it, and by which column groups are told apart. */
export type Evaluation = {
  readonly model: string;
  readonly split: { readonly seed: number; readonly train: number };
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
  readonly threshold: number;
  readonly facets: readonly Facet[];
};
export type Facet = {
  readonly column: string;
  readonly advantaged: string;
  readonly values: readonly (string | null)[];
};

/** Measures one version on its held-out rows. */
export function evaluationReport(evaluation: Evaluation): EvaluationReport {
  const { labels, threshold } = evaluation;
  const rows = labels.length;
  const facets = evaluation.facets.map((facet) => [facet.column, facetReport(facet, evaluation)]);
  return {
    version: 1,
    model: evaluation.model,
    algorithm: 'logistic-regression',
    split: { ...evaluation.split, heldOut: rows },
    rows,
    positives: labels.reduce((sum, label) => sum + label, 0),
    threshold,
    binary_classification_metrics: metricsOf(evaluation),
    facets: Object.fromEntries(facets) as EvaluationReport['facets'],
  };
}

function metricsOf({ labels, scores, threshold }: Evaluation): Readonly<Record<MetricName, Metric>> {
  const rows = labels.length;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const counts = confusionAt(labels, scores, threshold);
  const right = accuracy(counts);
  const constantRight = Math.max(positives, rows - positives) / rows;
  const binomial = (share: number | null): number | null =>
    share === null ? null : Math.sqrt((share * (1 - share)) / rows);
  return {
    auc: { value: rocAuc(labels, scores), standard_deviation: Math.sqrt(delongVariance(labels, scores)) },
    accuracy: { value: right, standard_deviation: binomial(right) },
    f1: only(f1(counts)),
    precision: only(precision(counts)),
    recall: only(recall(counts)),
    balanced_accuracy: only(balancedAccuracy(counts)),
    log_loss: only(logLoss(labels, scores)),
    brier: only(brier(labels, scores)),
    log_loss_best_constant_classifier: only(bestConstantLogLoss(positives, rows)),
    accuracy_best_constant_classifier: { value: constantRight, standard_deviation: binomial(constantRight) },
  };
}

function only(value: number | null): Metric {
  return { value, standard_deviation: null };
}

function facetReport(facet: Facet, { scores, threshold }: Evaluation): FacetReport {
  const groups: Record<string, { n: number; selected: number }> = {};
  for (const [row, value] of facet.values.entries()) {
    const name = value ?? 'missing';
    groups[name] ??= { n: 0, selected: 0 };
    groups[name].n += 1;
    if ((scores[row] as number) >= threshold) groups[name].selected += 1;
  }
  const favoured = groups[facet.advantaged];
  const others = Object.entries(groups).filter(([name]) => name !== facet.advantaged);
  const rest = others.reduce((sum, [, { n, selected }]) => ({ n: sum.n + n, selected: sum.selected + selected }), {
    n: 0,
    selected: 0,
  });
  const gap = favoured && rest.n > 0 ? dppl(favoured, rest) : null;
  return { advantaged: facet.advantaged, groups, metrics: { DPPL: { value: gap } } };
}
