import type { DataTableBlock } from '@slack/types';
import { spanText } from '../src/kernel/time.ts';
import type { Summary } from '../src/shadow/shadow-test.ts';
import { buttons, type Row } from './buttons.ts';
import { foreign, sentencesOf } from './foreign.ts';
import type { Message } from './message.ts';
import { count, percent } from './numbers.ts';
import { bold, facts, footer, headerOf, line, message, moment, utc } from './parts.ts';
import { besideWords, promoteButton, promoteItem, statusButton, statusItem, stopButton } from './shadow-card.ts';
import { summaryRows } from './summary-rows.ts';

const titles: Readonly<Record<Summary['verdict'], string>> = {
  promote: '✅ Verdict: promote',
  'keep-running': '⏳ Verdict: keep running',
  'do-not-promote': '⛔ Verdict: do not promote',
  'no-verdict': '❓ No verdict',
};

/** A scheduled summary: the sentence first, then shadow beside production. */
export function summaryCard(summary: Summary): Message {
  const title = titles[summary.verdict];
  const window = `${utc(summary.from)} to ${utc(summary.to)}`;
  return message(
    `${title} for ${besideWords(summary)}: ${why(summary)} ${count(summary.production.requests)} production and ${count(summary.shadow.requests)} shadow requests, ${window}.`,
    headerOf(summary.model, (name) => `${title} · ${besideWords(summary, name)}`),
    facts([
      line(bold(foreign(summary.sentence, 300))),
      line(
        `${count(summary.production.requests)} production and ${count(summary.shadow.requests)} shadow requests, `,
        moment(summary.from),
        ' to ',
        moment(summary.to),
      ),
    ]),
    table(summary),
    buttons(summary.shadowTest, Math.abs(Math.floor(summary.slot / 60_000)), rowOf(summary)),
    footer(
      `${summary.shadowTest} · summary of ${utc(summary.slot).slice(0, 10)} · ${spanText(summary.to - summary.from)} of traffic, ${percent(summary.samplingShare)} mirrored · measured by CloudWatch, one window decides nothing`,
    ),
  );
}

/** The sentence begins with its verdict, which the notification has said already. */
function why({ sentence }: Summary): string {
  const words = sentence.replace(/^(no verdict|verdict: [a-z ]+|promote|keep running|do not promote): /i, '');
  return sentencesOf([foreign(words, 300)]);
}

/** The likely step is green only where the verdict says which one it is. */
function rowOf({ verdict, model }: Summary): Row {
  switch (verdict) {
    case 'promote':
      return { buttons: [promoteButton({ model }, 'primary'), stopButton({ model })], menu: [statusItem] };
    case 'do-not-promote':
      return { buttons: [stopButton({ model }, 'primary'), statusButton({ model })] };
    case 'keep-running':
    case 'no-verdict':
      return { buttons: [statusButton({ model }), stopButton({ model })], menu: [promoteItem] };
    default:
      return verdict satisfies never;
  }
}

const heads = ['Metric', 'Judgement', 'Production', 'Shadow', 'Difference', 'Limit'];

function table(summary: Summary): DataTableBlock {
  const rows = summaryRows(summary);
  return {
    type: 'data_table',
    caption: foreign(
      `Production ${summary.productionVersion} against shadow ${summary.candidateVersion}, ${utc(summary.from)} to ${utc(summary.to)}`,
      120,
    ),
    page_size: rows.length,
    row_header_column_index: 0,
    rows: [heads.map((text) => ({ type: 'raw_text' as const, text })), ...rows.map((row) => [...row])],
  };
}
