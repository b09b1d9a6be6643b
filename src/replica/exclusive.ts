/**
 * Runs the task while no other tab or worker runs one of the same name. Saves them double work; nothing that must be right
 * rests on it: without Web Locks, or when another holder has been silent too long, the task runs all the same.
 * @param waitMs longest wait for the others, ms
 * @param task is told whether it had to wait: another may have done its work then
 */
export async function exclusively<T>(
  name: string,
  waitMs: number,
  task: (hasWaited: boolean) => Promise<T>,
): Promise<T> {
  const locks = (globalThis.navigator as { locks?: LockManager } | undefined)?.locks
  if (locks === undefined) return task(true)
  const atOnce = await startedAtOnce(locks, name, () => task(false))
  if (atOnce !== undefined) return atOnce.value
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), waitMs)
  let started = false
  try {
    return await locks.request(name, { signal: abort.signal }, () => {
      started = true
      clearTimeout(timer)
      return task(true)
    })
  } catch (error) {
    if (started) throw error
    return task(true)
  } finally {
    clearTimeout(timer)
  }
}

/** @returns undefined when the lock is another's */
async function startedAtOnce<T>(
  locks: LockManager,
  name: string,
  task: () => Promise<T>,
): Promise<{ value: T } | undefined> {
  let isStarted = false
  try {
    return await locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock === null) return undefined
      isStarted = true
      return { value: await task() }
    })
  } catch (error) {
    if (isStarted) throw error
    // Locks that do not work (seen in private modes) stop nobody.
    return undefined
  }
}
