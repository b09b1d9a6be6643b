const HEAD = '/sync/v2/head.json'
/** What `max-age` of the head says, ms. */
const HEAD_MS = 30_000

/**
 * What the origin saw of one edge.
 * @param seen what the counter took down
 * @returns requests, most times that one address was asked for in one encoding, and the shortest time between two heads, s
 */
export function atOrigin(seen) {
  const feed = seen.filter(({ url }) => url.startsWith('/sync/'))
  const immutable = feed.filter(({ url }) => url !== HEAD)
  const times = new Map()
  for (const { url, encoding } of immutable) count(times, `${url} ${encoding}`)
  const heads = feed.filter(({ url }) => url === HEAD)
  const apart = heads.map(({ at }, place, all) => at - (all[place - 1]?.at ?? -Infinity))
  return {
    heads: heads.length,
    immutable: immutable.length,
    addresses: times.size,
    mostOften: Math.max(0, ...times.values()),
    headsApart: Math.min(...apart) / 1000,
    isKept: Math.max(0, ...times.values()) <= 1 && Math.min(...apart) >= HEAD_MS,
  }
}

function count(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
