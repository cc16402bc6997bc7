import type { Block, KnownBlock } from '@slack/types';

/** Slack's native chart, not yet typed by @slack/types. Limits: 6 series, 20 points, labels of 20 characters. */
export type DataVisualizationBlock = Block & {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'line' | 'bar' | 'area';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: {
      readonly categories: readonly string[];
      readonly x_label?: string;
      readonly y_label?: string;
    };
  };
};

export type CardBlock = KnownBlock | DataVisualizationBlock;

/** One whole message. `text` is what a lock screen and a screen reader say; it stands alone. */
export type Message = { readonly text: string; readonly blocks: readonly CardBlock[] };
