import * as v from 'valibot'
import { sha256Hex } from '#domain/digest.ts'
import {
  CLIENT_VERSION,
  type Head,
  HeadSchema,
  type Segment,
  SegmentSchema,
  type Snapshot,
  SnapshotSchema,
} from '#domain/feed.ts'
import { FeedFailure } from './feed-failure.ts'
import { type Fetch, fetchBytes } from './fetch-bytes.ts'
import type { Part } from './plan.ts'

const HEAD_PATH = '/sync/v1/head.json'
/** Read before the rest: a feed of a later shape must still be able to say that it needs a newer app. */
const MinClientSchema = v.object({ minClient: v.number() })

/** The feed as this app reads it. Every answer is checked before it is handed on; `fresh` changes the URL to pass by any cache. */
export interface FeedClient {
  head(fresh: boolean): Promise<Head>
  segment(head: Head, part: Part, fresh: boolean): Promise<Segment>
  snapshot(head: Head, fresh: boolean): Promise<Snapshot>
}

/**
 * @param patienceMs longest silence of a connection, ms
 * @returns a client whose methods throw `FeedFailure`
 */
export function feedClient(fetch: Fetch, now: () => number, patienceMs: number): FeedClient {
  let asked = 0
  const renewed = (path: string) => `${path}${path.includes('?') ? '&' : '?'}fresh=${now().toString(36)}-${++asked}`
  const read = (path: string, fresh: boolean, init: RequestInit) =>
    fetchBytes(fetch, fresh ? renewed(path) : path, init, patienceMs)

  async function readPart(path: string, fresh: boolean): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await read(path, fresh, {})
    } catch (error) {
      // The head named this part, so an address that knows nothing of it is behind or ahead of the head.
      const elsewhere = error instanceof FeedFailure && error.reason === 'notUnderstood'
      throw elsewhere ? new FeedFailure('stale', error.message, error) : error
    }
  }

  return {
    async head(fresh) {
      const value = parseJson(await read(HEAD_PATH, fresh, { cache: 'no-cache' }))
      const asks = v.safeParse(MinClientSchema, value)
      if (asks.success && asks.output.minClient > CLIENT_VERSION) {
        throw new FeedFailure('updateNeeded', `the feed needs version ${asks.output.minClient} of this app's reader`)
      }
      const head = v.safeParse(HeadSchema, value)
      if (!head.success || !isConsistent(head.output)) {
        throw new FeedFailure('notUnderstood', `${HEAD_PATH} did not answer with a feed head`)
      }
      return head.output
    },

    async segment(head, part, fresh) {
      const segment = v.safeParse(SegmentSchema, parseJson(await readPart(part.path, fresh)))
      if (!segment.success || segment.output.epoch !== head.epoch || !isGapFree(segment.output, part)) {
        throw new FeedFailure('stale', `${part.path} does not hold the changes up to ${part.to} of epoch ${head.epoch}`)
      }
      return segment.output
    },

    async snapshot(head, fresh) {
      const { url, version, count, bytes, sha256 } = head.snapshot
      const answer = await readPart(url, fresh)
      const whole = answer.byteLength === bytes && (await digest(answer)) === sha256
      const snapshot = v.safeParse(SnapshotSchema, whole ? parseJson(answer) : undefined)
      if (!snapshot.success || snapshot.output.epoch !== head.epoch || snapshot.output.version !== version) {
        throw new FeedFailure('stale', `${url} is not the snapshot of version ${version} that the head names`)
      }
      const distinct = new Set(snapshot.output.records.map((record) => record.id)).size
      if (snapshot.output.count !== count || snapshot.output.records.length !== count || distinct !== count) {
        throw new FeedFailure('stale', `${url} does not hold ${count} records`)
      }
      return snapshot.output
    },
  }
}

/** @returns undefined for what is not JSON in UTF-8 */
function parseJson(bytes: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** A head whose own numbers contradict each other, or that points to another site, is nobody's feed. */
function isConsistent(head: Head): boolean {
  const { url, version } = head.snapshot
  return version <= head.head && version >= head.minVersion && !/^\/[/\\]/.test(url)
}

function isGapFree(segment: Segment, part: Part): boolean {
  const { from, to, changes } = segment
  if (to !== part.to || from > part.from || changes.length !== to - from + 1) return false
  return changes.every((change, index) => change.v === from + index)
}

/** The browser's own SHA-256 works beside the page; it is missing where there is no TLS. */
async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined
  if (subtle === undefined) return sha256Hex(bytes)
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
