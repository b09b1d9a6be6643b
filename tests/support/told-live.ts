import type { Live } from '#domain/live.ts'

/** A live value that a test sets, and who follows it. */
export function toldLive<T>(value: T) {
  const listeners = new Set<(value: T) => void>()
  const live: Live<T> = {
    subscribe(listener) {
      listeners.add(listener)
      listener(value)
      return () => void listeners.delete(listener)
    },
  }
  const tell = (next: T) => {
    value = next
    listeners.forEach((listener) => listener(next))
  }
  return { live, tell, listeners }
}
