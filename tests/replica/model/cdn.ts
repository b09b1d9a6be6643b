import type { Origin } from './origin.ts'

interface Kept {
  status: number
  headers: Headers
  body: ArrayBuffer
  /** When it was fetched, s. */
  at: number
}

/** Copies of the feed between it and the phones, each with a cache that honours the headers, none knowing of the others. */
export class Cdn {
  /** Seconds that have passed. */
  clock = 0
  private readonly edges = Array.from({ length: 3 }, () => new Map<string, Kept>())

  constructor(private readonly origin: Origin) {}

  /** What an edge answers. A stuck one gives what it has, however old, whatever stands behind the question mark. */
  async fetch(number: number, url: string, isStuck = false): Promise<Response> {
    const edge = this.edges[number % this.edges.length] ?? new Map<string, Kept>()
    const path = url.replace(/\?.*$/, '')
    const kept = edge.get(isStuck ? path : url)
    if (kept !== undefined && isStuck) return responseOf(kept)
    const age = kept === undefined ? Infinity : this.clock - kept.at
    const { maxAge, staleFor } = lifetimes(kept?.headers.get('cache-control') ?? '')
    if (kept !== undefined && age <= maxAge) return responseOf(kept)
    const fetched = await this.ask(path)
    if (fetched.status === 200) edge.set(url, fetched)
    return responseOf(kept !== undefined && age <= maxAge + staleFor ? kept : fetched)
  }

  /** What an edge gives that takes one address for another: something it has, from the same collection if it can. */
  mixUp(number: number, url: string): Response | undefined {
    const edge = this.edges[number % this.edges.length] ?? new Map<string, Kept>()
    const others = [...edge].filter(([other]) => other !== url)
    const alike = others.findLast(([other]) => collectionOf(other) === collectionOf(url)) ?? others.at(-1)
    return alike && responseOf(alike[1])
  }

  private async ask(path: string): Promise<Kept> {
    const { status, headers, ...answer } = await this.origin.answer(path).then(async (response) => ({
      status: response.status,
      headers: response.headers,
      body: await response.arrayBuffer(),
    }))
    return { status, headers, body: answer.body, at: this.clock }
  }
}

const collectionOf = (url: string) => /(lists|segments|steps|tail|bundles|open-bundles|bodies)\//.exec(url)?.[1]

/** In seconds. What is not said to be kept is not. */
function lifetimes(caching: string): { maxAge: number; staleFor: number } {
  const seconds = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(caching)?.[1] ?? -1)
  return { maxAge: seconds('max-age'), staleFor: Math.max(0, seconds('stale-while-revalidate')) }
}

function responseOf({ status, headers, body }: Kept): Response {
  return new Response(body.slice(0), { status, headers })
}
