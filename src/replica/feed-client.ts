import * as v from 'valibot'
import {
  type BodyEdit,
  BodyEditSchema,
  type ListHead,
  ListChangeSchema,
  ListHeaderSchema,
  ListHeadSchema,
  PutSchema,
  READER_VERSION,
  RunHeaderSchema,
} from '#domain/feed-v2.ts'
import type { BodyFile } from './body-source.ts'
import { digestOfBytes, withDigests } from './body-digest.ts'
import { FeedFailure } from './feed-failure.ts'
import { type Fetch, fetchBytes } from './fetch-bytes.ts'
import { linesOf } from './lines.ts'
import type { Part } from './plan.ts'
import type { Body, ListFile, Run } from './store.ts'

const HEAD_PATH = '/sync/v2/head.json'
/** Read before the rest: a feed of a later shape must still be able to say that it needs a newer app. */
const MinClientSchema = v.object({ minClient: v.number() })

/** A run with bodies whole, and edits of earlier ones. */
export interface FetchedRun extends Run {
  edits: BodyEdit[]
}

/** The feed as this app reads it. Every answer is checked before it is handed on; `fresh` changes the URL to pass by any cache. */
export interface FeedClient {
  head(fresh: boolean): Promise<ListHead>
  run(head: ListHead, part: Part, fresh: boolean): Promise<FetchedRun>
  list(head: ListHead, fresh: boolean): Promise<ListFile>
  /** The bodies that a file holds, each with its digest; those that were asked for need not all be there. */
  bodies(epoch: string, file: BodyFile, fresh: boolean): Promise<Body[]>
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
      const value = headValue(await read(HEAD_PATH, fresh, { cache: 'no-cache' }))
      const asks = v.safeParse(MinClientSchema, value)
      if (asks.success && asks.output.minClient > READER_VERSION) {
        throw new FeedFailure('updateNeeded', `the feed needs version ${asks.output.minClient} of this app's reader`)
      }
      const head = v.safeParse(ListHeadSchema, value)
      if (!head.success || !isConsistent(head.output)) {
        throw new FeedFailure('notUnderstood', `${HEAD_PATH} did not answer with a feed head`)
      }
      return head.output
    },

    async run(head, part, fresh) {
      const bytes = await readPart(part.path, fresh)
      const run = understood(part.path, () => parseRun(bytes, true))
      const { epoch, from, to, changes, edits } = run
      const fits = epoch === head.epoch && to === part.to && from <= part.from
      if (!fits || !changes.every((change, index) => change.v === from + index)) {
        throw new FeedFailure('stale', `${part.path} does not hold the changes up to ${part.to} of epoch ${head.epoch}`)
      }
      return { epoch, from, to, changes, edits, bodies: await withDigests(run.texts) }
    },

    async list(head, fresh) {
      const { url, version, count, bytes, sha256 } = head.list
      const answer = await readPart(url, fresh)
      const isWhole = answer.byteLength === bytes && (await digestOfBytes(answer)) === sha256
      const file = isWhole ? understood(url, () => listFile(url, answer)) : undefined
      if (file?.epoch !== head.epoch || file.version !== version || file.count !== count) {
        throw new FeedFailure('stale', `${url} is not the list of version ${version} that the head names`)
      }
      return file
    },

    async bodies(epoch, { path, isSingle }, fresh) {
      const bytes = await readPart(path, fresh)
      if (isSingle)
        return withDigests([understood(path, () => new TextDecoder('utf-8', { fatal: true }).decode(bytes))])
      const run = understood(path, () => parseRun(bytes, false))
      if (run.epoch !== epoch) throw new FeedFailure('stale', `${path} is of another epoch`)
      return withDigests(run.texts)
    },
  }
}

/** @returns undefined for what is not JSON in UTF-8 */
function headValue(bytes: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** @throws FeedFailure for an answer that cannot be read as what its address says */
function understood<T>(path: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new FeedFailure('stale', `${path} is not what its address says`, error)
  }
}

function parseRun(bytes: Uint8Array, hasChanges: boolean) {
  const [first = '', ...lines] = linesOf(bytes)
  const { epoch, from, to, bodies, edits } = v.parse(RunHeaderSchema, JSON.parse(first))
  const textsAt = hasChanges ? to - from + 1 : 0
  const editsAt = textsAt + bodies
  if (lines.length !== editsAt + edits) throw new RangeError(`${lines.length} lines of ${editsAt + edits}`)
  return {
    epoch,
    from,
    to,
    changes: lines.slice(0, textsAt).map((line) => v.parse(ListChangeSchema, JSON.parse(line))),
    texts: lines.slice(textsAt, editsAt),
    edits: lines.slice(editsAt).map((line) => v.parse(BodyEditSchema, JSON.parse(line))),
  }
}

/** Its puts are parsed when they are taken: a list of ten thousand at once would hold up a finger. */
function listFile(url: string, bytes: Uint8Array): ListFile {
  const [first = ''] = linesOf(bytes)
  const header = v.parse(ListHeaderSchema, JSON.parse(first))
  return {
    ...header,
    *puts() {
      const lines = linesOf(bytes)
      lines.next()
      for (;;) {
        const next = understood(url, () => lines.next())
        if (next.done === true) return
        yield understood(url, () => v.parse(PutSchema, JSON.parse(next.value)))
      }
    },
  }
}

/** A head whose own numbers contradict each other, or that points to another site, is nobody's feed. */
function isConsistent({ head, minVersion, segmentSize, stepSize, list }: ListHead): boolean {
  const isInside = list.version <= head && list.version >= minVersion
  return isInside && segmentSize % stepSize === 0 && !/^\/[/\\]/.test(list.url)
}
