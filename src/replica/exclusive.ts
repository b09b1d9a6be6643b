/**
 * Runs the task while no other tab or worker runs one of the same name. Saves them double work; nothing that must be right
 * rests on it: without Web Locks, or when another holder has been silent too long, the task runs all the same.
 * @param waitMs longest wait for the others, ms
 */
export async function exclusively<T>(name: string, waitMs: number, task: () => Promise<T>): Promise<T> {
  const locks = (globalThis.navigator as { locks?: LockManager } | undefined)?.locks
  if (locks === undefined) return task()
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), waitMs)
  let started = false
  try {
    return await locks.request(name, { signal: abort.signal }, () => {
      started = true
      clearTimeout(timer)
      return task()
    })
  } catch (error) {
    if (started) throw error
    return task()
  } finally {
    clearTimeout(timer)
  }
}
