/** A stream of numbers in [0, 1). */
export type Dice = () => number;

/** A stream that follows from its seed alone, so that a world with the same seed plays the same game (SplitMix32). */
export function openDice(seed: string): Dice {
  let state = hash32(seed);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** One stream per name, opened when first asked for. */
export function openDiceBox(seed: string): (name: string) => Dice {
  const open = new Map<string, Dice>();
  return (name) => {
    const dice = open.get(name) ?? openDice(`${seed}/${name}`);
    open.set(name, dice);
    return dice;
  };
}

/** A draw from the log-normal distribution with this median; `spread` is the standard deviation of the logarithm. */
export function logNormal(dice: Dice, shape: { readonly median: number; readonly spread: number }): number {
  // Box-Muller; 1 - u keeps the logarithm finite.
  const z = Math.sqrt(-2 * Math.log(1 - dice())) * Math.cos(2 * Math.PI * dice());
  return shape.median * Math.exp(shape.spread * z);
}

/** FNV-1a over UTF-16 code units. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}
