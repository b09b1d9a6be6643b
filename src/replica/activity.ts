/** What a sync can come to. */
export type SyncOutcome = 'current' | 'updated' | 'unreachable' | 'notUnderstood' | 'updateNeeded' | 'storageFailed'
export type SyncProblem = 'unreachable' | 'notUnderstood' | 'updateNeeded' | 'storage' | 'superseded'

/** What this page is doing about the copy, as against what the copy holds. */
export interface Activity {
  syncing: boolean
  problem?: SyncProblem
  /** The browser has dropped the copy; it is, or has been, fetched again. */
  wasDropped?: true
}

/** What the state shows after an outcome. */
export function problemOf(outcome: SyncOutcome): SyncProblem | undefined {
  switch (outcome) {
    case 'current':
    case 'updated':
      return undefined
    case 'storageFailed':
      return 'storage'
    default:
      return outcome
  }
}

/** A value with listeners, which hear every later one. */
export interface Observed<T> {
  get(): T
  set(value: T): void
  listen(listener: () => void): () => void
}

export function observed<T>(initial: T): Observed<T> {
  let current = initial
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(value) {
      current = value
      listeners.forEach((listener) => listener())
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
