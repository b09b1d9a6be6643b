/** Longest wait for a moment with nothing else to do, where the page itself has to find one, ms. */
const LONGEST_MS = 1000

/** Not every browser has each. */
interface Scope {
  scheduler?: { postTask?: (task: () => void, options: { priority: 'background' }) => Promise<void> }
  requestIdleCallback?: (run: () => void, options: { timeout: number }) => unknown
}

/**
 * Resolves when the page has nothing better to do; where that cannot be known, after whatever waits. A task of the least priority comes at
 * once on a page that is at rest, where idle callbacks come fifty milliseconds apart.
 */
export function idle(): Promise<void> {
  const scope = globalThis as unknown as Scope
  if (scope.scheduler?.postTask !== undefined)
    return scope.scheduler.postTask(() => undefined, { priority: 'background' })
  return new Promise((resolve) => {
    if (scope.requestIdleCallback === undefined) setTimeout(resolve)
    else scope.requestIdleCallback(resolve, { timeout: LONGEST_MS })
  })
}

/** Resolves after whatever waits has had its turn. A message, for timers stand nearly still in a tab that is not seen. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
