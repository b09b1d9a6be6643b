/** Whether two plain values are the same; the order of their fields does not count. */
export function isSame(one: unknown, two: unknown): boolean {
  return JSON.stringify(one, sorted) === JSON.stringify(two, sorted)
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
