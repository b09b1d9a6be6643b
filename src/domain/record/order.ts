/** The order of lists: newest `publishedAt` first, then by id, by code unit, which no collation can change. */
export function newestFirst(a: { publishedAt: string; id: string }, b: { publishedAt: string; id: string }): number {
  return compare(b.publishedAt, a.publishedAt) || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
