import { csvField } from '../../../kernel/csv.ts';

/** One made-up employee, with the columns of the public promotion dataset. Education and rating may be missing. */
export type Employee = {
  readonly id: number;
  readonly department: string;
  readonly region: string;
  readonly education: string | null;
  readonly gender: 'm' | 'f';
  readonly recruitmentChannel: string;
  readonly trainings: number;
  readonly ageYears: number;
  readonly previousYearRating: number | null;
  readonly serviceYears: number;
  readonly metKpis: boolean;
  readonly wonAward: boolean;
  readonly trainingScore: number;
  readonly promoted: boolean;
};

/** The text columns a model sees. */
export const textColumns = ['department', 'region', 'education', 'gender', 'recruitment_channel'] as const;
/** The numeric columns a model sees. */
export const numberColumns = [
  'no_of_trainings',
  'age',
  'previous_year_rating',
  'length_of_service',
  'KPIs_met >80%',
  'awards_won?',
  'avg_training_score',
] as const;
export type TextColumn = (typeof textColumns)[number];
export type NumberColumn = (typeof numberColumns)[number];

export const idColumn = 'employee_id';
export const targetColumn = 'is_promoted';
/** The 12 columns of one inference request, in the file's order. */
export const featureColumns = [...textColumns, ...numberColumns] as const;
/** The 14 columns of the file, in order. */
export const employeeColumns = [idColumn, ...featureColumns, targetColumn] as const;

/** The 12 feature fields as text, in `featureColumns` order; a missing value is empty. */
export function featureFields(employee: Employee): readonly string[] {
  return [
    employee.department,
    employee.region,
    employee.education ?? '',
    employee.gender,
    employee.recruitmentChannel,
    String(employee.trainings),
    String(employee.ageYears),
    String(employee.previousYearRating ?? ''),
    String(employee.serviceYears),
    employee.metKpis ? '1' : '0',
    employee.wonAward ? '1' : '0',
    String(employee.trainingScore),
  ];
}

/** One request body of `text/csv`: the features alone, neither id nor target. */
export function featureLine(employee: Employee): string {
  return featureFields(employee).map(csvField).join(',');
}

/** The whole file, header first, lines ended by LF. */
export function employeesCsv(employees: readonly Employee[]): string {
  const lines = employees.map((one) => `${one.id},${featureLine(one)},${one.promoted ? 1 : 0}\n`);
  return `${employeeColumns.map(csvField).join(',')}\n${lines.join('')}`;
}
