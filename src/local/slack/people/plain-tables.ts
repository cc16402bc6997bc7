import type { Block } from '../workspace/messages.ts';
import { type Names, type Piece, plainPieces } from './plain-words.ts';

/** A table with its columns lined up, under its caption. */
export function plainTable(block: Block, names: Names): readonly string[] {
  const rows = listOf(block.rows).map((row) =>
    Array.isArray(row) ? row.map((cell: Piece) => plainCell(cell, names)) : [],
  );
  const widths = (rows[0] ?? []).map((_head, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const caption = typeof block.caption === 'string' ? [block.caption] : [];
  return [...caption, ...lines.slice(0, 1), rule, ...lines.slice(1)];
}

function plainCell(cell: Piece, names: Names): string {
  if (cell.type !== 'rich_text') return String(cell.text ?? '');
  return listOf(cell.elements)
    .map((element) => plainPieces((element as Piece).elements, names))
    .join(' ');
}

/** Columns on a terminal: most emoji take two, the selector after some of them none. */
function widthOf(text: string): number {
  const characters = [...text.replaceAll('\ufe0f', '')];
  return characters.reduce((sum, one) => sum + (/\p{Emoji_Presentation}/u.test(one) ? 2 : 1), 0);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

type Point = { readonly label: string; readonly value: number };
type Series = { readonly name: string; readonly data: readonly Point[] };
type Chart = { readonly type: string; readonly series?: readonly Series[]; readonly segments?: readonly Point[] };

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A chart in words: what it shows, and for each series its course, its ends and its range. */
export function plainChart(block: Block): readonly string[] {
  const chart = block.chart as Chart;
  if (chart.segments)
    return [`Chart: ${String(block.title)}`, ...chart.segments.map(({ label, value }) => `  ${label} ${value}`)];
  const series = chart.series ?? [];
  const points = series[0]?.data ?? [];
  const span = points.length > 1 ? `, ${points[0]?.label} to ${points.at(-1)?.label}` : '';
  const all = series.flatMap((one) => one.data.map((point) => point.value));
  const range = { low: Math.min(...all), high: Math.max(...all) };
  const width = Math.max(0, ...series.map((one) => one.name.length));
  return [
    `Chart: ${String(block.title)} (${chart.type}, ${points.length} points${span})`,
    ...series.map((one) => `  ${one.name.padEnd(width)}  ${course(one, range)}`),
  ];
}

function course({ data }: Series, { low, high }: { low: number; high: number }): string {
  const values = data.map((point) => point.value);
  const bar = (value: number): string =>
    bars[high === low ? 0 : Math.round(((value - low) / (high - low)) * (bars.length - 1))] ?? '';
  const ends = values.length > 1 ? `${values[0]} → ${values.at(-1)}` : String(values[0]);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const isFlat = least === most;
  return `${values.map(bar).join('')}  ${isFlat ? `${least} throughout` : `${ends} (${least} to ${most})`}`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
