/*
 * Small things that a page remembers in `localStorage`. Private modes refuse it, and it may hold anything: what is read is checked by
 * whoever reads it, by hand where it is part of every first visit.
 */

/** What is kept under a key; undefined where there is nothing that can be read. */
export function readStored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps a value under a key; undefined takes it away. Without storage it is known until the app is closed. */
export function writeStored(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // See above: nothing that is kept here is missed for long.
  }
}
