export { type Dice, diceOf } from '#server/synthetic/dice.ts'

/** The seed that somebody set to repeat a run (`SEED=…`), else a new one. */
export function anySeed(): number {
  return Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
}
