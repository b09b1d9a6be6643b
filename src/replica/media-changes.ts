/** Tabs of this site hear each other here. */
const CHANNEL = 'luodi-media-changes'

const listeners = new Set<() => void>()
let channel: BroadcastChannel | undefined

/** Says that files have come to the copy, or gone from it. */
export function tellMediaChanged(): void {
  const own = new BroadcastChannel(CHANNEL)
  own.postMessage(undefined)
  own.close()
}

/**
 * Calls the listener whenever files have come to the copy, or gone from it, through this tab or another.
 * @returns a function that ends it
 */
export function onMediaChanged(listener: () => void): () => void {
  if (channel === undefined) {
    channel = new BroadcastChannel(CHANNEL)
    channel.addEventListener('message', () => listeners.forEach((tell) => tell()))
  }
  listeners.add(listener)
  return () => listeners.delete(listener)
}
