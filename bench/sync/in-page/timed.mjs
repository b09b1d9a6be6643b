/** In the page: how long an act takes, and the longest task meanwhile; 0 where none took the 50 ms that a browser tells of. */
export async function timed(act) {
  let task = 0
  const watcher = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) task = Math.max(task, duration)
  })
  watcher.observe({ type: 'longtask' })
  const start = performance.now()
  await globalThis.bench[act]()
  const ms = performance.now() - start
  // Entries come a little after their task.
  await new Promise((resolve) => setTimeout(resolve, 500))
  watcher.disconnect()
  return { ms, task }
}
