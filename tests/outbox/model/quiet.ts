/** Longest wait for the storage to come to rest, in ms of real time. */
const LIMIT = 20_000

/** A turn of the event loop, shorter than a timer of a browser can be. */
const turn: () => Promise<void> =
  typeof setImmediate === 'function'
    ? () => new Promise((resolve) => setImmediate(resolve))
    : () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => {
            port1.close()
            resolve()
          }
          port2.postMessage(undefined)
        })

/** Waits until nothing is going on, in two turns in a row and after what libraries put off to a timer. */
export async function untilQuiet(isBusy: () => boolean, what: () => string): Promise<void> {
  const start = performance.now()
  for (let still = 0; still < 5; still += 1) {
    if (isBusy()) {
      still = -1
      if (performance.now() - start > LIMIT) throw new Error(`Stuck: ${what()}`)
    }
    // Dexie tells of changes by a timer of no length.
    if (still === 2) await new Promise((resolve) => setTimeout(resolve, 0))
    else await turn()
  }
}
