/** Whole numbers from 0 up to, but without, `below`. */
export type Dice = (below: number) => number

/** Dice that fall the same way for the same seed (mulberry32), so that a run can be repeated. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** The seed that somebody set to repeat a run (`SEED=…`), else a new one. */
export function anySeed(): number {
  return Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
}
