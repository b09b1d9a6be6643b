import http from 'node:http'
import { bundleUrl, openBundleUrl } from '../../src/domain/feed-v2.ts'
import { planFor } from '../../src/replica/plan.ts'
import { diceOf } from '../../src/server/synthetic/dice.ts'

const HEAD = '/sync/v2/head.json'
/** As browsers of several years write it; the last reads no brotli. */
const ENCODINGS = ['gzip, deflate, br, zstd', 'gzip, deflate, br', 'br, gzip', 'gzip, deflate']
/** Of a hundred phones that open: so many have nothing yet, and so many have been away for longer. */
const NEW = 5
const AWAY = 20

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })

/** What phones ask of their edges, by what they have already. */
export class Phones {
  opened = 0
  requests = 0
  bytes = 0
  failed = 0
  /** Requests by what is asked for. */
  kinds = new Map()
  #dice
  #edges

  constructor(edges, seed) {
    this.#edges = edges
    this.#dice = diceOf(seed)
  }

  /** One phone opens the app: the head, then what brings its copy there. */
  async open() {
    const edge = this.#edges[this.#dice(this.#edges.length)].url
    const encoding = ENCODINGS[Math.min(ENCODINGS.length - 1, this.#dice(50) === 0 ? 3 : this.#dice(3))]
    try {
      const head = JSON.parse(await this.#get(edge, HEAD, encoding, true))
      for (const path of this.#wants(head)) await this.#get(edge, path, encoding)
      this.opened += 1
    } catch {
      this.failed += 1
    }
  }

  #wants(head) {
    const kind = this.#dice(100)
    if (kind < NEW) {
      const { url, version } = head.list
      const { parts } = planFor({ epoch: head.epoch, version }, head)
      return [...new Set([url, ...parts.map(({ path }) => path), ...textsOf(head)])]
    }
    const behind = kind < NEW + AWAY ? this.#dice(300) : this.#dice(40)
    const { parts = [] } = planFor({ epoch: head.epoch, version: Math.max(0, head.head - behind) }, head)
    // A segment brings no texts: they lie beside it.
    return parts.flatMap(({ path }) =>
      path.includes('/segments/') ? [path, path.replace('segments', 'bundles')] : path,
    )
  }

  #get(edge, path, encoding, wanted = false) {
    const kind = /(head|lists|segments|steps|tail|bundles)/.exec(path)?.[1] ?? 'other'
    this.requests += 1
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1)
    // As `fetch` writes its mode no-cache, with which phones ask for the head.
    const headers = { 'accept-encoding': encoding, ...(wanted ? { 'cache-control': 'max-age=0' } : {}) }
    return new Promise((resolve, reject) => {
      const request = http.get(new URL(path, edge), { agent, headers }, (answer) => {
        let text = ''
        answer.on('data', (chunk) => {
          this.bytes += chunk.length
          if (wanted) text += chunk
        })
        answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(`${answer.statusCode}`))))
        answer.on('error', reject)
      })
      request.on('error', reject)
    })
  }
}

/** The files with every text. */
function textsOf({ epoch, head, segmentSize }) {
  const segments = Math.floor(head / segmentSize)
  return [
    ...Array.from({ length: segments }, (_, n) => bundleUrl(epoch, n)),
    ...(head % segmentSize > 0 ? [openBundleUrl(epoch, head)] : []),
  ]
}
