import type { DataTableBlock } from '@slack/types';
import type { Operations, Summary } from '../src/shadow/shadow-test.ts';
import { count, latency, noneOf, percent, points, ratio } from './numbers.ts';

type Cell = DataTableBlock['rows'][number][number];
type Limited = 'limited' | 'unlimited';

/** Metric, judgement, production, shadow, difference, limit: those with a limit first. */
export function summaryRows({ production, shadow, margins }: Summary): readonly (readonly Cell[])[] {
  const latencies = (at: 'p50Ms' | 'p95Ms' | 'p99Ms') => ({ production: production[at], shadow: shadow[at] });
  return [
    latencyRow('p95 latency', { ...latencies('p95Ms'), limit: margins.latencyRatio }),
    errorRow(production, shadow, margins.errorRate),
    latencyRow('p50 latency', latencies('p50Ms')),
    latencyRow('p99 latency', latencies('p99Ms')),
    [
      text('Requests'),
      text('ℹ️ info'),
      number(production.requests, count(production.requests)),
      number(shadow.requests, count(shadow.requests)),
      text(production.requests > 0 ? ratio(shadow.requests / production.requests) : 'none'),
      text('none'),
    ],
  ];
}

type Pair = { readonly production: number | null; readonly shadow: number | null; readonly limit?: number };

function latencyRow(metric: string, { production, shadow, limit }: Pair): readonly Cell[] {
  const shown = (value: number | null): Cell => (value === null ? text('no data') : number(value, latency(value)));
  const comparable = production !== null && shadow !== null && production > 0;
  return [
    text(metric),
    text(judged(comparable, limit === undefined ? 'unlimited' : 'limited')),
    shown(production),
    shown(shadow),
    text(comparable ? ratio(shadow / production, limit) : 'none'),
    text(limit === undefined ? 'none' : ratioLimit(limit)),
  ];
}

function errorRow(production: Operations, shadow: Operations, margin: number): readonly Cell[] {
  const share = ({ errors, requests }: Operations): Cell => {
    if (requests === 0) return text('no data');
    return errors === 0 ? number(0, noneOf(requests)) : number(errors / requests, percent(errors / requests));
  };
  const comparable = production.requests > 0 && shadow.requests > 0;
  const difference = shadow.errors / shadow.requests - production.errors / production.requests;
  return [
    text('Errors'),
    text(judged(comparable, 'limited')),
    share(production),
    share(shadow),
    text(comparable ? points(difference, margin) : 'none'),
    text(`+${Number((margin * 100).toPrecision(6))}\u00a0pp`),
  ];
}

/** One window is one look and decides nothing about a metric that has a limit; one without a limit is information. */
function judged(comparable: boolean, limited: Limited): string {
  if (!comparable) return '◻️ not measured';
  return limited === 'limited' ? '⏳ inconclusive' : 'ℹ️ info';
}

/** A limit exactly as configured. */
function ratioLimit(limit: number): string {
  return `×${Number(limit.toPrecision(6))}`;
}

function text(words: string): Cell {
  return { type: 'raw_text', text: words };
}

function number(value: number, words: string): Cell {
  return { type: 'raw_number', value, text: words };
}
