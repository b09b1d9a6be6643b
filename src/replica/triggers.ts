/** How often a visible app asks for news, ms. */
export const SYNC_EVERY_MS = 5 * 60_000
/** How soon it asks again after a failure, ms; where texts or files still cannot be had, twice as long each time. */
const RETRY_AFTER_MS = 10_000
/** `head.json` may be this old anyway, ms: coming back to the app sooner than this asks nothing. */
const FRESH_MS = 30_000

interface KeptSynced {
  /** Calls it at once, and counts from then on. */
  again: () => void
  /**
   * Calls it soon: texts or files could not be had.
   * @param hasCome whether some have come since this was last said
   */
  soon: (hasCome: boolean) => void
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
  let dueAt = Infinity
  /** How long to wait where something is lacking. */
  let lackingMs: number | undefined
  let vain = 0
  /** What is told to be lacking meanwhile is told again after it, where it is lacking still. */
  let isAsking = false
  let hasComeMeanwhile = false

  const go = () => {
    clearTimeout(timer)
    dueAt = Infinity
    lackingMs = undefined
    isAsking = true
    const asked = sync().finally(() => (isAsking = false))
    void asked.then((complete) => {
      completeAt = complete ? now() : undefined
      if (!complete) vain = 0
      schedule(complete ? SYNC_EVERY_MS : RETRY_AFTER_MS)
    })
  }
  const schedule = (delayMs: number) => {
    clearTimeout(timer)
    if (stopped || !isVisible()) return
    const waitMs = Math.min(delayMs, lackingMs ?? Infinity)
    dueAt = now() + waitMs
    timer = setTimeout(go, waitMs)
  }
  const soon = (hasCome: boolean) => {
    if (lackingMs !== undefined) return
    hasComeMeanwhile ||= hasCome
    if (isAsking) return
    vain = hasComeMeanwhile ? 0 : vain + 1
    hasComeMeanwhile = false
    lackingMs = Math.min(RETRY_AFTER_MS * 2 ** vain, SYNC_EVERY_MS)
    if (now() + lackingMs < dueAt) schedule(lackingMs)
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
  return { again: go, soon, stop }
}
