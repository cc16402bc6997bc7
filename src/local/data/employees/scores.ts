import { type Random, randomFrom, shuffle } from '../../../kernel/random.ts';
import { drawCounts, drawExactly, rowsWhere } from './draw.ts';
import { outstandingOffset, outstandingRows } from './outstanding.ts';
import type { Draw, People } from './people.ts';
import { rake } from './rake.ts';

const leastScore = 39;
const greatestScore = 99;

/** Training scores, and how far each lies from the median of its department. */
export type Scores = { readonly offset: Int8Array; readonly score: Uint8Array };

/** Draws who is outstanding by department and region, then deals the file's own offsets to the two groups. */
export function drawOffsets(draw: Draw, people: People): Scores {
  const { shape } = draw;
  const random = randomFrom(`${draw.seed}/score`);
  const medians = people.department.names.map((name) => shape.score_median_by_department[name] ?? 0);
  const median = Uint8Array.from(people.department.codes, (code) => medians[code] ?? 0);
  const outstanding = drawOutstanding(draw, people, random);
  const best = rowsWhere(outstanding, (code) => code === 1);
  const rest = rowsWhere(outstanding, (code) => code === 0);
  const counts = Object.entries(shape.score_offset_from_department_median_counts);
  const weights = (passes: (offset: number) => boolean) =>
    Object.fromEntries(counts.filter(([name]) => passes(Number(name))));
  const high = drawCounts(
    weights((offset) => offset >= outstandingOffset),
    best.length,
    random,
  ).map(Number);
  const low = drawCounts(
    weights((offset) => offset < outstandingOffset),
    rest.length,
    random,
  ).map(Number);

  const score = new Uint8Array(median.length);
  for (const [i, row] of rest.entries()) score[row] = Math.max(leastScore, (median[row] ?? 0) + (low[i] ?? 0));
  dealUnderCeiling({ score, rows: best, offsets: high, median, random });
  return { score, offset: Int8Array.from(score, (value, row) => value - (median[row] ?? 0)) };
}

function drawOutstanding({ shape }: Draw, people: People, random: Random): Uint8Array {
  const byDepartment = people.department.names.map((name) => shape.share_offset_ge_8_by_department[name]);
  const { shareByRegion } = outstandingRows(shape);
  const start = Float64Array.from(people.department.codes, (code) => byDepartment[code] ?? 0);
  const chances = rake(start, [
    { codes: people.region.codes, shares: people.region.names.map((name) => shareByRegion[name]) },
    { codes: people.department.codes, shares: byDepartment },
  ]);
  return drawExactly(chances, random);
}

/** The largest offsets go where 99 leaves room for them: to departments with low medians. */
function dealUnderCeiling(given: {
  score: Uint8Array;
  rows: readonly number[];
  offsets: readonly number[];
  median: Uint8Array;
  random: Random;
}): void {
  const { score, median, random } = given;
  const medianOf = (row: number): number => median[row] ?? 0;
  const rows = shuffle([...given.rows], random).sort((a, b) => medianOf(a) - medianOf(b));
  const offsets = [...given.offsets].sort((a, b) => b - a);
  const open: number[] = [];
  let next = 0;
  for (const offset of offsets) {
    while (next < rows.length && (open.length === 0 || medianOf(rows[next] ?? 0) + offset <= greatestScore)) {
      open.push(rows[next++] ?? 0);
    }
    const place = random.below(open.length);
    const row = open[place] ?? 0;
    open[place] = open[open.length - 1] ?? 0;
    open.pop();
    score[row] = Math.min(greatestScore, medianOf(row) + offset);
  }
}
