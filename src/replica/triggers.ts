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

interface Syncs {
  /** Syncs, or shares a sync under way. Resolves to whether the copy is known to be complete. */
  sync: () => Promise<boolean>
  /** Syncs after whatever is under way: that may have asked before now. Resolves as `sync` does. */
  syncAfter: () => Promise<boolean>
}

/**
 * Syncs now, when the network comes back, when the app becomes visible, and in regular intervals while it is.
 * @param now milliseconds since 1970
 */
export function keepSynced({ sync, syncAfter }: Syncs, now: () => number): KeptSynced {
  const page = (globalThis as { document?: PageVisibility }).document
  const isVisible = () => page === undefined || page.visibilityState === 'visible'
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let completeAt: number | undefined
  let dueAt = Infinity
  /** How long to wait where something is lacking. */
  let lackingMs: number | undefined
  let vain = 0
  /** How many answers are awaited. What is told to be lacking meanwhile is told again after it, where it is lacking still. */
  let asking = 0
  let hasComeMeanwhile = false

  const go = () => take(sync())
  const goAfter = () => take(syncAfter())
  const take = (answer: Promise<boolean>) => {
    clearTimeout(timer)
    dueAt = Infinity
    lackingMs = undefined
    asking++
    void answer
      .finally(() => asking--)
      .then((complete) => {
        completeAt = complete ? now() : undefined
        if (!complete) vain = 0
        // While another is on its way, the time of the next try is for that to say.
        if (asking === 0) schedule(complete ? SYNC_EVERY_MS : RETRY_AFTER_MS)
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
    if (asking > 0) return
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

  globalThis.addEventListener('online', goAfter)
  page?.addEventListener('visibilitychange', onVisibility)
  go()
  const stop = () => {
    stopped = true
    clearTimeout(timer)
    globalThis.removeEventListener('online', goAfter)
    page?.removeEventListener('visibilitychange', onVisibility)
  }
  return { again: go, soon, stop }
}
