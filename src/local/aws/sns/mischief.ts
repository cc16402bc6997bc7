/** What can go wrong with notifications on request; each is allowed by SNS's promises but `drop`. */
export type MischiefOrder = {
  readonly kind: 'duplicate' | 'drop' | 'reorder' | 'delay';
  /** How many deliveries it strikes; 1 when absent. */
  readonly times?: number;
  /** Wall time: how long `delay` waits, and how long `reorder` waits at most for a later delivery. 1,000 when absent. */
  readonly ms?: number;
};

export type Mischief = {
  readonly order: (order: MischiefOrder) => void;
  readonly clear: () => void;
  /** Lets a delivery start, or does to it what was ordered. */
  readonly pass: (delivery: Startable) => void;
  /** Deliveries that are held back. */
  readonly pending: () => string[];
  readonly close: () => void;
};

/** `start` resolves when the first try is over, whatever became of it. */
export type Startable = { readonly name: string; readonly start: () => Promise<void> };

type Held = {
  readonly name: string;
  readonly release: () => void;
  readonly timer: NodeJS.Timeout;
  readonly why: string;
};

const usualMs = 1_000;

export function openMischief(): Mischief {
  let orders: { readonly order: MischiefOrder; left: number }[] = [];
  const held = new Set<Held>();

  function hold(delivery: Startable, why: string, ms: number): void {
    const release = (): void => {
      clearTimeout(entry.timer);
      if (held.delete(entry)) void delivery.start();
    };
    const entry: Held = { name: delivery.name, why, release, timer: setTimeout(release, ms) };
    held.add(entry);
  }

  async function run(delivery: Startable): Promise<void> {
    const overtaken = [...held].filter(({ why }) => why === 'reorder');
    await delivery.start();
    for (const { release } of overtaken) release();
  }

  function pass(delivery: Startable): void {
    const found = orders.find(({ left }) => left > 0);
    if (found) found.left -= 1;
    const order = found?.order;
    if (order?.kind === 'drop') return;
    if (order?.kind === 'delay' || order?.kind === 'reorder') {
      hold(delivery, order.kind, order.ms ?? usualMs);
      return;
    }
    void run(delivery);
    if (order?.kind === 'duplicate') void run(delivery);
  }

  return {
    order: (order) => {
      orders.push({ order, left: order.times ?? 1 });
    },
    clear: () => {
      orders = [];
    },
    pass,
    pending: () => [...held].map(({ name, why }) => `${name} is held back (${why})`),
    close: () => {
      for (const { timer } of held) clearTimeout(timer);
      held.clear();
    },
  };
}
