import { type Random, randomFrom, shuffle } from '../../../kernel/random.ts';
import { apportion, drawCounts, drawExactly, rowsWhere } from './draw.ts';
import { certainOffset, outstandingOffset, outstandingRows } from './outstanding.ts';
import type { Draw, People } from './people.ts';
import { rake } from './rake.ts';
import { drawOffsets } from './scores.ts';

/** How the made-up employees did. A rating of 0 is a missing one; `kpi` and `award` are 0 or 1. */
export type Work = {
  /** Training score less the department's median. */
  readonly offset: Int8Array;
  readonly score: Uint8Array;
  readonly rating: Uint8Array;
  readonly kpi: Uint8Array;
  readonly award: Uint8Array;
  readonly trainings: Uint8Array;
};

/** Draws scores first, since outstanding scores go with better ratings and with awards. */
export function drawWork(draw: Draw, people: People): Work {
  const random = (column: string): Random => randomFrom(`${draw.seed}/${column}`);
  const { offset, score } = drawOffsets(draw, people);
  const outstanding = Uint8Array.from(offset, (value) => (value >= outstandingOffset ? 1 : 0));
  const rating = drawRatings(draw, { people, outstanding, random: random('rating') });
  const kpi = drawKpis(draw, { people, offset, rating, random: random('kpi') });
  const award = drawAwards(draw, { outstanding, kpi, random: random('award') });
  return { offset, score, rating, kpi, award, trainings: drawTrainings(draw, people, random('trainings')) };
}

function drawRatings({ shape }: Draw, given: { people: People; outstanding: Uint8Array; random: Random }): Uint8Array {
  const { people, outstanding, random } = given;
  const newcomers = Float64Array.from(people.serviceYears, (years) =>
    years === 1 ? shape.rating_missing_if_service_1 : 0,
  );
  const missing = drawExactly(newcomers, random);
  const rating = new Uint8Array(missing.length);
  const rated = rowsWhere(missing, (code) => code === 0);
  const best = rated.filter((row) => outstanding[row] === 1);
  const rest = rated.filter((row) => outstanding[row] === 0);
  const weights = outstandingRows(shape).ratingWeights;
  const names = Object.keys(weights);
  const ofAll = apportion(Object.values(shape.rating_shares_when_present), rated.length);
  const ofBest = apportion(Object.values(weights), best.length);
  const deal = (rows: readonly number[], counts: readonly number[]): void => {
    const values = names.flatMap((name, i) => new Array<number>(Math.max(0, counts[i] ?? 0)).fill(Number(name)));
    shuffle(values, random);
    for (const [i, row] of rows.entries()) rating[row] = values[i] ?? 3;
  };
  deal(best, ofBest);
  deal(
    rest,
    ofAll.map((count, i) => count - (ofBest[i] ?? 0)),
  );
  return rating;
}

function drawKpis(
  { shape }: Draw,
  given: { people: People; offset: Int8Array; rating: Uint8Array; random: Random },
): Uint8Array {
  const { people, offset, rating, random } = given;
  const byRating = ['-1', '1', '2', '3', '4', '5'].map((name) => shape.kpi_rate_by_rating[name]);
  const start = Float64Array.from(rating, (code, row) => tilted(byRating[code] ?? 0.35, people.serviceYears[row] ?? 0));
  const chances = rake(start, [
    { codes: people.region.codes, shares: people.region.names.map((name) => shape.kpi_rate_by_region[name]) },
    { codes: people.female, shares: [shape.kpi_rate_by_gender.m, shape.kpi_rate_by_gender.f] },
    { codes: people.department.codes, shares: people.department.names.map((n) => shape.kpi_rate_by_department[n]) },
    { codes: offset.map((value) => Math.min(certainOffset + 1, Math.max(0, value))), shares: kpiShareByOffset(shape) },
    { codes: rating, shares: byRating },
  ]);
  return drawExactly(chances, random);
}

/** People with long service meet their KPIs less often; the tilt gives the file's correlation of about -0.08. */
function tilted(chance: number, serviceYears: number): number {
  const lean = Math.max(0.3, 1 - 0.045 * (serviceYears - 6));
  return (chance * lean) / (1 - chance + chance * lean);
}

/** Offsets below 5 are left to the other margins; the last entry stands for everything beyond the table. */
function kpiShareByOffset(shape: Draw['shape']): (number | undefined)[] {
  const shares: (number | undefined)[] = new Array(certainOffset + 1).fill(undefined);
  for (let offset = 5; offset <= certainOffset; offset += 1) {
    const rows = (kpi: 0 | 1) => shape.promotion_rate_by_offset_5_to_12_and_kpi[`${offset}|${kpi}`]?.[0] ?? 0;
    if (rows(0) + rows(1) > 0) shares[offset] = rows(1) / (rows(0) + rows(1));
  }
  return [...shares, outstandingRows(shape).kpiShareBeyondTable];
}

function drawAwards({ shape }: Draw, given: { outstanding: Uint8Array; kpi: Uint8Array; random: Random }): Uint8Array {
  const { outstanding, kpi, random } = given;
  const byKpi = [shape.award_rate_by_kpi['0'], shape.award_rate_by_kpi['1']];
  const start = Float64Array.from(kpi, (code) => byKpi[code] ?? 0);
  const chances = rake(start, [
    { codes: outstanding, shares: [undefined, outstandingRows(shape).awardShare] },
    { codes: kpi, shares: byKpi },
  ]);
  return drawExactly(chances, random);
}

/** Whether one training or more follows the department; how many more does not. */
function drawTrainings({ shape }: Draw, people: People, random: Random): Uint8Array {
  const shares = people.department.names.map((name) => 1 - (shape.trainings_share_1_by_department[name] ?? 1));
  const chances = Float64Array.from(people.department.codes, (code) => shares[code] ?? 0);
  const several = drawExactly(chances, random);
  const rows = rowsWhere(several, (code) => code === 1);
  const weights = Object.fromEntries(Object.entries(shape.trainings_counts).filter(([name]) => name !== '1'));
  const trainings = new Uint8Array(several.length).fill(1);
  for (const [i, value] of drawCounts(weights, rows.length, random).entries()) trainings[rows[i] ?? 0] = Number(value);
  return trainings;
}
