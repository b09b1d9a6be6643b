import { withNotes } from './page-notes.ts'

/*
 * How much was stored when the browser refused more: Chromium does not tell before. Content that stays below it is not refused each time
 * the app is opened, and neither are the lists and what the person writes.
 */

const KEY = 'luodi-full'
/** Then it is tried again: there may be more room on the phone. */
const HOLDS_MS = 24 * 3600 * 1000

/** Workers have no notes beside the databases. */
let own: string | undefined

/** @param used bytes */
export function noteFull(used: number): void {
  const note = `${Math.min(used, fullAt() ?? used)} ${Date.now()}`
  own = note
  withNotes((notes) => notes.setItem(KEY, note))
}

/** @returns bytes; undefined where more was never refused, or long ago */
export function fullAt(): number | undefined {
  const [used = NaN, at = NaN] = (withNotes((notes) => notes.getItem(KEY)) ?? own ?? '').split(' ').map(Number)
  return Math.abs(Date.now() - at) < HOLDS_MS && used > 0 ? used : undefined
}

export function forgetFull(): void {
  own = undefined
  withNotes((notes) => notes.removeItem(KEY))
}
