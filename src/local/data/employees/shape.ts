import { readJson } from '../data-folder.ts';

type Counts = Readonly<Record<string, number>>;
type Shares = Readonly<Record<string, number>>;
type Nested = Readonly<Record<string, Shares>>;

/**
 * What is known of the public employee file: counts, shares and rates, no rows. Rates are shares of promoted rows.
 * Keys hold level names; a rating of `-1` and an education of `MISSING` stand for blanks.
 */
export type EmployeesShape = {
  readonly rows: number;
  readonly positives: number;
  readonly department_counts: Counts;
  readonly region_counts: Counts;
  readonly recruitment_by_department: Nested;
  readonly education_by_department: Nested;
  readonly share_female_by_department: Shares;
  readonly share_female_by_region: Shares;
  readonly trainings_counts: Counts;
  readonly trainings_share_1_by_department: Shares;
  readonly age_counts: Counts;
  readonly age_mean_sd_by_education: Readonly<Record<string, readonly [number, number]>>;
  readonly length_of_service_counts: Counts;
  readonly length_of_service_deciles_by_age_bin: Readonly<Record<string, readonly number[]>>;
  readonly rating_missing_if_service_1: number;
  readonly rating_shares_when_present: Shares;
  readonly kpi_rate_by_rating: Shares;
  readonly kpi_rate_by_department: Shares;
  readonly kpi_rate_by_region: Shares;
  readonly kpi_rate_by_gender: Shares;
  readonly award_rate_by_kpi: Shares;
  readonly score_median_by_department: Readonly<Record<string, number>>;
  readonly score_offset_from_department_median_counts: Counts;
  readonly share_offset_ge_8_by_department: Shares;
  readonly promotion_rate_by_department: Shares;
  readonly promotion_rate_by_region: Shares;
  readonly promotion_rate_by_gender: Shares;
  readonly promotion_rate_by_education: Shares;
  readonly promotion_rate_by_channel: Shares;
  readonly promotion_rate_by_rating: Shares;
  readonly promotion_rate_by_kpi: Shares;
  readonly promotion_rate_by_award: Shares;
  readonly promotion_rate_by_trainings: Shares;
  /** `offset|kpi` to rows and rate. */
  readonly promotion_rate_by_offset_5_to_12_and_kpi: Readonly<Record<string, readonly [number, number]>>;
  /** `kpi|rating is 5|award` to rows and rate, for rows whose score is less than 6 above the department's median. */
  readonly promotion_rate_offset_below_6_by_kpi_rating5_award: Readonly<Record<string, readonly [number, number]>>;
  readonly promotion_rate_offset_below_6_kpi1_by_rating: Shares;
  readonly promotion_rate_offset_below_6_kpi1_by_region: Shares;
};

/** Reads `data/golden/employees_shape.json`. */
export function readShape(): EmployeesShape {
  return readJson('golden/employees_shape.json') as EmployeesShape;
}
