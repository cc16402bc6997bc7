import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/kernel/digest.ts';
import type { Employee } from '../../src/local/data/employees/employee.ts';
import { makeEmployees } from '../../src/local/data/employees/make-employees.ts';
import { readShape } from '../../src/local/data/employees/shape.ts';
import { fileSeed, promotionFileText } from '../../src/local/data/employees/write-csv.ts';

const shape = readShape();
const employees = makeEmployees({ seed: fileSeed, count: shape.rows, shape });

const text = promotionFileText();

const mean = (of: (one: Employee) => number): number =>
  employees.reduce((sum, one) => sum + of(one), 0) / employees.length;

function correlation(a: (one: Employee) => number, b: (one: Employee) => number): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const shared = mean((one) => (a(one) - meanA) * (b(one) - meanB));
  return shared / Math.sqrt(mean((one) => (a(one) - meanA) ** 2) * mean((one) => (b(one) - meanB) ** 2));
}

function countsBy(of: (one: Employee) => string | number | null): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of employees) counts[String(of(one))] = (counts[String(of(one))] ?? 0) + 1;
  return counts;
}

function promotedShareBy(of: (one: Employee) => string | number | null): Record<string, number> {
  const promoted: Record<string, number> = {};
  for (const one of employees) if (one.promoted) promoted[String(of(one))] = (promoted[String(of(one))] ?? 0) + 1;
  return Object.fromEntries(Object.entries(countsBy(of)).map(([name, n]) => [name, (promoted[name] ?? 0) / n]));
}

describe('the kept promotion file', () => {
  it('is what its seed makes, byte for byte', () => {
    const kept = readFileSync(new URL('../../data/Employees Promotion.csv', import.meta.url), 'utf8');
    expect(sha256Hex(text)).toBe(sha256Hex(kept));
  });

  it('has the columns and rows of the public one', () => {
    const lines = text.split('\n');
    expect(lines[0]).toBe(
      'employee_id,department,region,education,gender,recruitment_channel,no_of_trainings,age,previous_year_rating,' +
        'length_of_service,KPIs_met >80%,awards_won?,avg_training_score,is_promoted',
    );
    expect(lines.length).toBe(54_808 + 2);
  });

  it('has no id twice', () => {
    expect(new Set(employees.map((one) => one.id)).size).toBe(54_808);
  });
});

describe('made-up employees have the shape of the public file', () => {
  it.each([
    ['departments', (one: Employee) => one.department, shape.department_counts],
    ['regions', (one: Employee) => one.region, shape.region_counts],
    ['ages', (one: Employee) => one.ageYears, shape.age_counts],
    ['years of service', (one: Employee) => one.serviceYears, shape.length_of_service_counts],
  ])('%s are counted alike', (_, of, counts) => {
    expect(countsBy(of)).toEqual(counts);
  });

  it('8.5 % are promoted', () => {
    expect(Math.abs(mean((one) => (one.promoted ? 1 : 0)) - 4668 / 54_808)).toBeLessThan(0.003);
  });

  it('as many values are missing', () => {
    expect(countsBy((one) => one.education).null).toBeCloseTo(2409, -1);
    expect(countsBy((one) => one.previousYearRating).null).toBeCloseTo(4124, -1);
  });

  it('age and service go together, and what goes with promotion does so as strongly', () => {
    const promoted = (one: Employee): number => (one.promoted ? 1 : 0);
    expect(
      correlation(
        (one) => one.ageYears,
        (one) => one.serviceYears,
      ),
    ).toBeCloseTo(0.657, 1);
    expect(Math.abs(correlation((one) => (one.metKpis ? 1 : 0), promoted) - 0.2216)).toBeLessThan(0.01);
    expect(Math.abs(correlation((one) => (one.wonAward ? 1 : 0), promoted) - 0.1959)).toBeLessThan(0.01);
    expect(Math.abs(correlation((one) => one.trainingScore, promoted) - 0.1811)).toBeLessThan(0.01);
  });

  it.each([
    ['department', (one: Employee) => one.department, shape.promotion_rate_by_department],
    ['gender', (one: Employee) => one.gender, shape.promotion_rate_by_gender],
    ['education', (one: Employee) => one.education ?? 'MISSING', shape.promotion_rate_by_education],
    ['rating', (one: Employee) => one.previousYearRating ?? -1, shape.promotion_rate_by_rating],
  ])('promotions by %s come within a percentage point', (_, of, rates) => {
    const found = promotedShareBy(of);
    for (const [name, rate] of Object.entries(rates)) expect(Math.abs((found[name] ?? 0) - rate)).toBeLessThan(0.01);
  });

  it('nobody scores outside 39 to 99, and far above the department everybody is promoted', () => {
    const offset = (one: Employee) => one.trainingScore - (shape.score_median_by_department[one.department] ?? 0);
    expect(employees.filter((one) => one.trainingScore < 39 || one.trainingScore > 99)).toEqual([]);
    const farAbove = employees.filter((one) => offset(one) >= 12);
    expect(farAbove.length).toBeGreaterThan(1000);
    expect(farAbove.filter((one) => !one.promoted)).toEqual([]);
  });
});

describe('another draw', () => {
  it('with the same seed is the same, with another is not', () => {
    const few = (seed: string) => makeEmployees({ seed, count: 200, shape });
    expect(few('a')).toEqual(few('a'));
    expect(few('a')).not.toEqual(few('b'));
  });

  it.each([1, 7, 60])('may be as small as %i', (count) => {
    const few = makeEmployees({ seed: 'few', count, shape });
    expect(few.length).toBe(count);
    for (const one of few) {
      expect(one.department).not.toBe('');
      expect(one.trainingScore).toBeGreaterThanOrEqual(39);
      expect(one.ageYears).toBeGreaterThanOrEqual(20);
    }
  });
});
