import type { EmployeesShape } from './shape.ts';

/** A score this far above the department's median is outstanding: nearly all such rows are promoted. */
export const outstandingOffset = 8;
/** From here the file promotes without exception. */
export const certainOffset = 12;

/** What the figures imply about the rows with outstanding scores, by taking all other promotions away. */
export type Outstanding = {
  readonly shareByRegion: Readonly<Record<string, number>>;
  /** Weights of the ratings 1 to 5 among outstanding rows that have one. */
  readonly ratingWeights: Readonly<Record<string, number>>;
  readonly awardShare: number;
  /** Share that met the KPIs beyond `certainOffset`; up to it the figures say so themselves. */
  readonly kpiShareBeyondTable: number;
};

export function outstandingRows(shape: EmployeesShape): Outstanding {
  const cells = Object.entries(shape.promotion_rate_offset_below_6_by_kpi_rating5_award);
  const ordinary = (pattern: string): { rows: number; rate: number } => rowsAndRate(cells, pattern);
  const offsets = Object.entries(shape.score_offset_from_department_median_counts);
  const rowsFrom = (least: number): number =>
    sum(offsets.filter(([at]) => Number(at) >= least).map(([, rows]) => rows));
  const kpiRows = sum(entries(shape.department_counts).map(([name, n]) => n * at(shape.kpi_rate_by_department, name)));
  const awards = kpiRows * at(shape.award_rate_by_kpi, '1') + (shape.rows - kpiRows) * at(shape.award_rate_by_kpi, '0');
  const kpiInTable = sum(
    Object.entries(shape.promotion_rate_by_offset_5_to_12_and_kpi)
      .filter(([key]) => key.endsWith('|1') && !key.startsWith('5'))
      .map(([, [rows]]) => rows),
  );
  return {
    shareByRegion: shareByRegion(shape, ordinary('0|.|.').rate, rowsFrom(outstandingOffset)),
    ratingWeights: ratingWeights(shape, ordinary),
    awardShare: (awards - ordinary('.|.|1').rows) / rowsFrom(outstandingOffset),
    kpiShareBeyondTable: (kpiRows - ordinary('1|.|.').rows - kpiInTable) / rowsFrom(certainOffset + 1),
  };
}

function shareByRegion(shape: EmployeesShape, rateWithoutKpi: number, rows: number): Readonly<Record<string, number>> {
  const left = entries(shape.promotion_rate_by_region).map(([name, rate]): [string, number] => {
    const kpi = at(shape.kpi_rate_by_region, name);
    const explained = kpi * at(shape.promotion_rate_offset_below_6_kpi1_by_region, name) + (1 - kpi) * rateWithoutKpi;
    return [name, Math.max(0.001, rate - explained)];
  });
  const scale = rows / sum(left.map(([name, share]) => share * at(shape.region_counts, name)));
  return Object.fromEntries(left.map(([name, share]) => [name, Math.min(0.5, share * scale)]));
}

function ratingWeights(
  shape: EmployeesShape,
  ordinary: (pattern: string) => { rate: number },
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    entries(shape.rating_shares_when_present).map(([name, share]) => {
      const rating = String(Number(name));
      const kpi = at(shape.kpi_rate_by_rating, rating);
      const withKpi = kpi * at(shape.promotion_rate_offset_below_6_kpi1_by_rating, rating);
      const without = (1 - kpi) * ordinary(rating === '5' ? '0|1|.' : '0|0|.').rate;
      return [rating, share * Math.max(0.001, at(shape.promotion_rate_by_rating, rating) - withKpi - without)];
    }),
  );
}

function rowsAndRate(cells: readonly [string, readonly [number, number]][], pattern: string) {
  const wanted = new RegExp(`^${pattern.replaceAll('|', '\\|')}$`);
  const kept = cells.filter(([key]) => wanted.test(key)).map(([, cell]) => cell);
  const rows = sum(kept.map(([n]) => n));
  return { rows, rate: sum(kept.map(([n, rate]) => n * rate)) / rows };
}

const entries = (record: Readonly<Record<string, number>>): [string, number][] => Object.entries(record);
const at = (record: Readonly<Record<string, number>>, name: string): number => record[name] ?? 0;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
