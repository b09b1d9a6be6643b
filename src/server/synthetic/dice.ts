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

/** Dice of their own for each of many things under one seed: what falls for one of them does not depend on the others. */
export function diceFor(seed: number, ...names: readonly number[]): Dice {
  return diceOf(names.reduce((mixed, name) => Math.imul(mixed ^ Math.imul(name + 1, 0x9e3779b1), 0x85ebca6b), seed + 1))
}

/** One of them, each as likely. */
export function oneOf<T>(dice: Dice, values: readonly [T, ...T[]]): T {
  return values[dice(values.length)] ?? values[0]
}
