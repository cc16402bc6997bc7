import { randomFrom, shuffle } from '../../../kernel/random.ts';
import type { Employee } from './employee.ts';
import { type Draw, drawPeople, type People } from './people.ts';
import { drawPromotions } from './promotions.ts';
import { drawWork, type Work } from './work.ts';

/** How many ids the public file takes its own from, for each row. */
const idsPerRow = 78_298 / 54_808;
/** How the shape names a blank education. */
const missingEducation = 'MISSING';

/**
 * Makes up employees that are alike to the public promotion file without copying a row of it: same columns, same
 * counts by level, and the same rule behind who is promoted. Pure: the same draw gives the same rows everywhere.
 */
export function makeEmployees(draw: Draw): Employee[] {
  const people = drawPeople(draw);
  const work = drawWork(draw, people);
  const promoted = drawPromotions(draw, people, work);
  const ids = shuffle(
    Array.from({ length: Math.ceil(draw.count * idsPerRow) }, (_, i) => i + 1),
    randomFrom(`${draw.seed}/ids`),
  );
  return Array.from(promoted, (chosen, row) => employeeAt(row, { people, work, id: ids[row] ?? 0, chosen }));
}

type RowParts = { readonly people: People; readonly work: Work; readonly id: number; readonly chosen: number };

function employeeAt(row: number, { people, work, id, chosen }: RowParts): Employee {
  const name = (levels: People['region']): string => levels.names[levels.codes[row] ?? 0] ?? '';
  const education = name(people.education);
  return {
    id,
    department: name(people.department),
    region: name(people.region),
    education: education === missingEducation ? null : education,
    gender: people.female[row] === 1 ? 'f' : 'm',
    recruitmentChannel: name(people.channel),
    trainings: work.trainings[row] ?? 1,
    ageYears: people.ageYears[row] ?? 0,
    previousYearRating: work.rating[row] || null,
    serviceYears: people.serviceYears[row] ?? 0,
    metKpis: work.kpi[row] === 1,
    wonAward: work.award[row] === 1,
    trainingScore: work.score[row] ?? 0,
    promoted: chosen === 1,
  };
}
