import { withNotes } from './page-notes.ts'

/** A note beside the database that it has been filled: without it, one that the browser dropped looks like a first visit. */
const PREFIX = 'luodi-kept:'

/** @param name of the database */
export function noteKept(name: string): void {
  withNotes((notes) => notes.setItem(PREFIX + name, '1'))
}

/** What the person drops is no loss. */
export function forgetKept(name: string): void {
  withNotes((notes) => notes.removeItem(PREFIX + name))
}

/** Whether the database has been filled before on this phone. */
export function wasKept(name: string): boolean {
  return withNotes((notes) => notes.getItem(PREFIX + name)) !== undefined
}
