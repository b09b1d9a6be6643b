/** How often a visible app asks for news, ms. */
export const SYNC_EVERY_MS = 5 * 60_000
/** How soon it asks again after a failure, ms. */
const RETRY_AFTER_MS = 10_000
/** `head.json` may be this old anyway, ms: coming back to the app sooner than this asks nothing. */
const FRESH_MS = 30_000

interface KeptSynced {
  /** Calls it at once, and counts from then on. */
  again: () => void
  /** Ends it. */
  stop: () => void
}

interface PageVisibility extends EventTarget {
  readonly visibilityState: 'visible' | 'hidden'
}

/**
 * Calls `sync` now, when the network comes back, when the app becomes visible, and in regular intervals while it is.
 * @param sync resolves to whether the copy is known to be complete
 * @param now milliseconds since 1970
 */
export function keepSynced(sync: () => Promise<boolean>, now: () => number): KeptSynced {
  const page = (globalThis as { document?: PageVisibility }).document
  const isVisible = () => page === undefined || page.visibilityState === 'visible'
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let completeAt: number | undefined

  const go = () => {
    clearTimeout(timer)
    void sync().then((complete) => {
      completeAt = complete ? now() : undefined
      if (!stopped && isVisible()) schedule(complete ? SYNC_EVERY_MS : RETRY_AFTER_MS)
    })
  }
  const schedule = (delayMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(go, delayMs)
  }
  const onVisibility = () => {
    const age = completeAt === undefined ? Infinity : Math.abs(now() - completeAt)
    if (!isVisible()) clearTimeout(timer)
    else if (age > FRESH_MS) go()
    else schedule(SYNC_EVERY_MS - age)
  }

  globalThis.addEventListener('online', go)
  page?.addEventListener('visibilitychange', onVisibility)
  go()
  const stop = () => {
    stopped = true
    clearTimeout(timer)
    globalThis.removeEventListener('online', go)
    page?.removeEventListener('visibilitychange', onVisibility)
  }
  return { again: go, stop }
}
