/*
 * These run in the page, so they refer to nothing outside themselves.
 */

/** Before anything of the page runs: keeps the entries that are gone, or no longer complete, when somebody asks later. */
export function watch() {
  const seen = { 'largest-contentful-paint': [], 'layout-shift': [], longtask: [], paint: [] }
  globalThis.__seen = seen
  for (const type of Object.keys(seen)) {
    new PerformanceObserver((list) => seen[type].push(...list.getEntries())).observe({ type, buffered: true })
  }
}

/** What was seen so far. Times in milliseconds since the navigation began; blocking time counts from the first text on. */
export function measures() {
  const seen = globalThis.__seen
  const nameOf = (node) => [node?.localName ?? node?.nodeName ?? 'gone', ...(node?.classList ?? [])].join('.')
  const paint = (name) => seen.paint.find((entry) => entry.name === name)?.startTime
  const largest = seen['largest-contentful-paint'].at(-1)
  const contentful = paint('first-contentful-paint')
  const blocking = seen.longtask
    .filter(({ startTime, duration }) => startTime + duration > contentful)
    .map(({ startTime, duration }) => duration - Math.max(0, contentful - startTime) - 50)
  return {
    firstPaint: paint('first-paint'),
    contentful,
    largest: largest?.startTime,
    largestIs: nameOf(largest?.element),
    largestAt: performance.timeOrigin + (largest?.startTime ?? 0),
    blocking: blocking.reduce((sum, duration) => sum + Math.max(0, duration), 0),
    shift: seen['layout-shift'].reduce((sum, { value }) => sum + value, 0),
    shifted: seen['layout-shift'].flatMap(({ sources }) => sources.map(({ node }) => nameOf(node))),
  }
}

/** Milliseconds since the last long task. Asked often, so it must not cost the page anything that counts. */
export function sinceLongTask() {
  const last = globalThis.__seen.longtask.at(-1)
  return performance.now() - (last === undefined ? 0 : last.startTime + last.duration)
}
