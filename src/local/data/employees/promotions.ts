import { randomFrom } from '../../../kernel/random.ts';
import { drawExactly } from './draw.ts';
import { certainOffset } from './outstanding.ts';
import type { Draw, People } from './people.ts';
import { type Margin, rake } from './rake.ts';
import type { EmployeesShape } from './shape.ts';
import type { Work } from './work.ts';

/** Scores from here on follow their own rule, whatever rating and awards say. */
const ruleOffset = 6;

/** Who is promoted: the rule behind the target first, then fitted to the promotion rates that are known. */
export function drawPromotions(draw: Draw, people: People, work: Work): Uint8Array {
  const { shape } = draw;
  const start = Float64Array.from(work.offset, (offset, row) => firstChance(shape, offset, factsOf(work, row)));
  const chances = rake(start, [...ruleMargins(shape, people, work), ...plainMargins(shape, people, work)]);
  return drawExactly(chances, randomFrom(`${draw.seed}/promoted`));
}

type Facts = { readonly kpi: number; readonly best: number; readonly award: number };

function factsOf(work: Work, row: number): Facts {
  return { kpi: work.kpi[row] ?? 0, best: work.rating[row] === 5 ? 1 : 0, award: work.award[row] ?? 0 };
}

function firstChance(shape: EmployeesShape, offset: number, { kpi, best, award }: Facts): number {
  if (offset >= certainOffset) return 1;
  if (offset >= ruleOffset) return shape.promotion_rate_by_offset_5_to_12_and_kpi[`${offset}|${kpi}`]?.[1] ?? 0.5;
  return shape.promotion_rate_offset_below_6_by_kpi_rating5_award[`${kpi}|${best}|${award}`]?.[1] ?? 0;
}

const ratingNames = ['-1', '1', '2', '3', '4', '5'];

/** Rates below the rule's offset: by KPI, rating 5 and award together, and by rating and region where the KPI is met. */
function ruleMargins(shape: EmployeesShape, people: People, work: Work): Margin[] {
  const cells = Object.entries(shape.promotion_rate_offset_below_6_by_kpi_rating5_award);
  const cellOf = new Map(cells.map(([key], code) => [key, code]));
  const ordinary = (row: number): boolean => (work.offset[row] ?? 0) < ruleOffset;
  const cellCodes = work.kpi.map((_, row) => {
    const { kpi, best, award } = factsOf(work, row);
    return ordinary(row) ? (cellOf.get(`${kpi}|${best}|${award}`) ?? cells.length) : cells.length;
  });
  const withKpi = (codes: Uint8Array, names: readonly string[], rates: Readonly<Record<string, number>>): Margin => ({
    codes: codes.map((code, row) => (ordinary(row) && work.kpi[row] === 1 ? code : names.length)),
    shares: [...names.map((name) => rates[name]), undefined],
  });
  return [
    { codes: cellCodes, shares: [...cells.map(([, [, rate]]) => rate), undefined] },
    withKpi(people.region.codes, people.region.names, shape.promotion_rate_offset_below_6_kpi1_by_region),
    withKpi(work.rating, ratingNames, shape.promotion_rate_offset_below_6_kpi1_by_rating),
  ];
}

function plainMargins(shape: EmployeesShape, people: People, work: Work): Margin[] {
  const rates = (names: readonly string[], by: Readonly<Record<string, number>>) => names.map((name) => by[name]);
  const { department, region, education, channel } = people;
  return [
    {
      codes: work.trainings.map((n) => Math.min(n, 5)),
      shares: rates(['0', '1', '2', '3', '4', '5'], shape.promotion_rate_by_trainings),
    },
    { codes: work.rating, shares: rates(ratingNames, shape.promotion_rate_by_rating) },
    { codes: channel.codes, shares: rates(channel.names, shape.promotion_rate_by_channel) },
    { codes: people.female, shares: rates(['m', 'f'], shape.promotion_rate_by_gender) },
    { codes: education.codes, shares: rates(education.names, shape.promotion_rate_by_education) },
    { codes: region.codes, shares: rates(region.names, shape.promotion_rate_by_region) },
    { codes: work.kpi, shares: rates(['0', '1'], shape.promotion_rate_by_kpi) },
    { codes: work.award, shares: rates(['0', '1'], shape.promotion_rate_by_award) },
    { codes: department.codes, shares: rates(department.names, shape.promotion_rate_by_department) },
  ];
}
