import { type Random, randomFrom } from '../../../kernel/random.ts';
import { dealByRank, drawCounts, drawExactly, drawLevels, drawLevelsWithin, type Levels, roughNormal } from './draw.ts';
import { rake } from './rake.ts';
import type { EmployeesShape } from './shape.ts';

/** What to make up: the seed decides every draw, `shape` the shares, `count` the number of rows. */
export type Draw = { readonly seed: string; readonly count: number; readonly shape: EmployeesShape };

/** Who the made-up employees are. Arrays hold one entry a row; `female` is 0 or 1. */
export type People = {
  readonly department: Levels;
  readonly region: Levels;
  readonly channel: Levels;
  readonly education: Levels;
  readonly female: Uint8Array;
  readonly ageYears: Uint8Array;
  readonly serviceYears: Uint8Array;
};

/** Draws departments and regions first, then everything that leans on them, then age and years of service. */
export function drawPeople({ seed, count, shape }: Draw): People {
  const random = (column: string): Random => randomFrom(`${seed}/${column}`);
  const department = drawLevels(shape.department_counts, count, random('department'));
  const region = drawLevels(shape.region_counts, count, random('region'));
  const education = drawLevelsWithin(department, shape.education_by_department, random('education'));
  const ageYears = drawAges({ education, shape, random: random('age') });
  return {
    department,
    region,
    education,
    channel: drawLevelsWithin(department, shape.recruitment_by_department, random('channel')),
    female: drawWomen({ department, region, shape, random: random('gender') }),
    ageYears,
    serviceYears: drawService({ ageYears, shape, random: random('service') }),
  };
}

function drawWomen(given: { department: Levels; region: Levels; shape: EmployeesShape; random: Random }): Uint8Array {
  const { department, region, shape, random } = given;
  const byDepartment = department.names.map((name) => shape.share_female_by_department[name]);
  const start = Float64Array.from(department.codes, (code) => byDepartment[code] ?? 0.5);
  const byRegion = region.names.map((name) => shape.share_female_by_region[name]);
  const chances = rake(start, [
    { codes: region.codes, shares: byRegion },
    { codes: department.codes, shares: byDepartment },
  ]);
  return drawExactly(chances, random);
}

/** How lopsided ages are around the mean of their education group; 0.2 gives a skewness of 1.1. */
const ageLean = 0.2;

/** Ranks people by education and chance, then deals the file's own ages in that order. */
function drawAges(given: { education: Levels; shape: EmployeesShape; random: Random }): Uint8Array {
  const { education, shape, random } = given;
  const groups = education.names.map((name) => shape.age_mean_sd_by_education[name] ?? [0, 0]);
  const wanted = Float64Array.from(education.codes, (code) => {
    const [mean, deviation] = groups[code] ?? [0, 0];
    const normal = roughNormal(random);
    const leaning = (normal + ageLean * (normal * normal - 1)) / Math.sqrt(1 + 2 * ageLean * ageLean);
    return mean + deviation * leaning;
  });
  return dealByRank(wanted, drawCounts(shape.age_counts, wanted.length, random).map(Number));
}

type AgeBin = { readonly middle: number; readonly deciles: readonly number[] };

/** Ranks people by the service usual at their age, then deals the file's own years of service in that order. */
function drawService(given: { ageYears: Uint8Array; shape: EmployeesShape; random: Random }): Uint8Array {
  const { ageYears, shape, random } = given;
  const bins = Object.entries(shape.length_of_service_deciles_by_age_bin).map(([range, deciles]): AgeBin => {
    const [above = 0, upTo = 0] = (range.match(/\d+/g) ?? []).map(Number);
    return { middle: (above + 1 + upTo) / 2, deciles };
  });
  const wanted = Float64Array.from(ageYears, (age) => usualService(bins, age, random));
  return dealByRank(wanted, drawCounts(shape.length_of_service_counts, wanted.length, random).map(Number));
}

const tieWeight = 0.01;

function usualService(bins: readonly AgeBin[], age: number, random: Random): number {
  const next = bins.findIndex((bin) => bin.middle >= age);
  const upper = bins[next === -1 ? bins.length - 1 : next];
  const lower = bins[Math.max(0, next === -1 ? bins.length - 1 : next - 1)];
  if (!upper || !lower) return 0;
  const weight = upper.middle === lower.middle ? 1 : (age - lower.middle) / (upper.middle - lower.middle);
  const share = random.unit();
  const usual = (1 - weight) * atShare(lower.deciles, share) + weight * atShare(upper.deciles, share);
  // Whole years tie whole stretches of the deciles; older people come later in a tie.
  return usual + age * tieWeight;
}

/** The last tenth bends upwards, since its end is the single longest service and not a typical one. */
function atShare(deciles: readonly number[], share: number): number {
  const place = share * (deciles.length - 1);
  const low = Math.floor(place);
  const rest = place - low;
  const from = deciles[low] ?? 0;
  const to = deciles[low + 1] ?? from;
  return from + (low === deciles.length - 2 ? rest * rest * rest : rest) * (to - from);
}
