/** Longest wait for a moment with nothing else to do, ms. */
const LONGEST_MS = 1000

/** Workers and some browsers have none. */
type WithIdle = { requestIdleCallback?: (run: () => void, options: { timeout: number }) => unknown }

/** Resolves when the page has nothing better to do; where that cannot be known, after whatever waits. */
export function idle(): Promise<void> {
  const scope = globalThis as unknown as WithIdle
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
