import type { AlarmHistoryItem, DescribeAlarmHistoryInput, HistoryItemType } from '@aws-sdk/client-cloudwatch';
import { type EpochMs, instant } from '../../../kernel/time.ts';
import type { Checked } from '../kit/json-service.ts';
import { AwsError } from '../service.ts';

type HistoryEntry = {
  readonly alarmName: string;
  readonly at: EpochMs;
  readonly type: HistoryItemType;
  readonly summary: string;
  readonly details: object;
};

export type AlarmHistory = {
  readonly write: (entry: HistoryEntry) => void;
  readonly describe: (input: Checked<DescribeAlarmHistoryInput>) => {
    AlarmHistoryItems: AlarmHistoryItem[];
    NextToken?: string;
  };
};

/** CloudWatch keeps 30 days; the stand-in also bounds the count. */
const keptForMs = 30 * 24 * 3_600_000;
const keptCount = 10_000;
const maxPage = 100;

/** What happened to alarms: configured, changed state, fired. */
export function openAlarmHistory(): AlarmHistory {
  let entries: HistoryEntry[] = [];

  function write(entry: HistoryEntry): void {
    entries.push(entry);
    if (entries.length > keptCount) entries = entries.slice(-keptCount / 2);
  }

  function describe(input: Checked<DescribeAlarmHistoryInput>): ReturnType<AlarmHistory['describe']> {
    const found = entries.filter((entry) => matches(entry, input));
    if (input.ScanBy !== 'TimestampAscending') found.reverse();
    const size = input.MaxRecords ?? maxPage;
    const skipped = Number(input.NextToken ?? 0);
    if (!Number.isInteger(skipped)) throw new AwsError('InvalidNextToken', 'The NextToken is not valid');
    return {
      AlarmHistoryItems: found.slice(skipped, skipped + size).map(itemOf),
      ...(found.length > skipped + size ? { NextToken: String(skipped + size) } : {}),
    };
  }

  function matches(entry: HistoryEntry, input: Checked<DescribeAlarmHistoryInput>): boolean {
    const from = input.StartDate ? instant(input.StartDate.getTime()) : instant(0);
    const to = input.EndDate ? instant(input.EndDate.getTime()) : instant(Number.MAX_SAFE_INTEGER);
    const newest = entries.at(-1)?.at ?? instant(0);
    return (
      (input.AlarmName === undefined || entry.alarmName === input.AlarmName) &&
      (input.HistoryItemType === undefined || entry.type === input.HistoryItemType) &&
      entry.at >= Math.max(from, newest - keptForMs) &&
      entry.at <= to
    );
  }

  return { write, describe };
}

function itemOf({ alarmName, at, type, summary, details }: HistoryEntry): AlarmHistoryItem {
  return {
    AlarmName: alarmName,
    AlarmType: 'MetricAlarm',
    Timestamp: new Date(at),
    HistoryItemType: type,
    HistorySummary: summary,
    HistoryData: JSON.stringify(details),
  };
}
