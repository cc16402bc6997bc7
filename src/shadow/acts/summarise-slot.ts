import type { ListGroup, ListOpen } from '../../ledger/act.ts';
import { put } from '../../ledger/kind.ts';
import type { SlotEffect } from '../../schedule/acts/beat.ts';
import type { Slot } from '../../schedule/slot.ts';
import { type Operations, type ShadowTest, ShadowTests, Summaries, type Summary } from '../shadow-test.ts';
import { summarise } from '../summary.ts';

export type SummariseDeps = {
  readonly listOpen: ListOpen;
  readonly listGroup: ListGroup;
  /** Operations of one variant between two domain instants, from CloudWatch. */
  readonly operations: (window: { endpoint: string; variant: string; from: number; to: number }) => Promise<Operations>;
  readonly margins: (model: string) => Summary['margins'];
};

const nothing: SlotEffect = { puts: [], entries: [], cards: [] };

/** A due summary slot of one model: the window since the last summary, both variants, one card. Nothing without a running test. */
export function makeSummariseSlot(deps: SummariseDeps) {
  return async function summariseSlot(model: string, slot: Slot): Promise<SlotEffect> {
    const test = (await deps.listOpen(ShadowTests, model)).map((each) => each.value).find(isRunning);
    if (!test) return nothing;
    const [last] = await deps.listGroup(Summaries, test.id, 1);
    const from = Math.max(last?.value.to ?? 0, test.state.since);
    // A slot that was held up may come after a later one, which has told of its window already.
    if (slot.minute <= from) return nothing;
    const read = (variant: string): Promise<Operations> =>
      deps.operations({ endpoint: test.endpoint, variant, from, to: slot.minute });
    const [production, shadow] = await Promise.all([read(test.productionVariant), read(test.shadowVariant)]);
    const summary = summarise({
      test,
      slot: slot.minute,
      from,
      to: slot.minute,
      production,
      shadow,
      margins: deps.margins(model),
    });
    return {
      puts: [put(Summaries, summary, 0)],
      entries: [],
      cards: [{ subject: { kind: 'summary', id: summary.id }, channel: test.channel }],
    };
  };
}

type Running = ShadowTest & { readonly state: { readonly kind: 'running'; readonly since: number } };

function isRunning(test: ShadowTest): test is Running {
  return test.state.kind === 'running';
}
