/** Longest wait for the storage to come to rest, in ms. */
const LIMIT = 20_000
/** As much of it as one turn may take up, in ms: a process that was stopped, or got no processor, has not waited. */
const TURN = 50

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
  let waited = 0
  let last = performance.now()
  for (let still = 0; still < 5; still += 1) {
    if (isBusy()) {
      still = -1
      waited += Math.min(TURN, performance.now() - last)
      last = performance.now()
      if (waited > LIMIT) throw new Error(`Stuck: ${what()}`)
    }
    // Dexie tells of changes by a timer of no length.
    if (still === 2) await new Promise((resolve) => setTimeout(resolve, 0))
    else await turn()
  }
}
