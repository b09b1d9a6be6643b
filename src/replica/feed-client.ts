import * as v from 'valibot'
import {
  type BodyEdit,
  BodyEditSchema,
  type ListHead,
  ListChangeSchema,
  ListHeadSchema,
  READER_VERSION,
  RunHeaderSchema,
} from '#domain/feed-v2.ts'
import type { Wanted } from './body-index.ts'
import { withDigests } from './body-digest.ts'
import type { BodyFile } from './body-source.ts'
import type { BodyThread } from './body-thread.ts'
import { FeedFailure } from './feed-failure.ts'
import { fetchBytes } from './fetch-bytes.ts'
import { type Fetch, fetchChunks } from './fetch-chunks.ts'
import { jsonOf, linesOf } from './lines.ts'
import { listFile } from './list-file.ts'
import type { Part } from './plan.ts'
import type { Body, ListFile, Run } from './store.ts'

/** More than the first line of a run has. */
const HEADER_BYTES = 1024
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
  /** Comes when its puts are taken. */
  list(head: ListHead, fresh: boolean): ListFile
  /** The bodies that a file holds, each with its digest; those that were asked for need not all be there. */
  bodies(epoch: string, file: BodyFile, fresh: boolean): Promise<Body[]>
}

/**
 * @param patienceMs longest silence of a connection, ms
 * @param thread fetches files of bodies beside the page, where there is one
 * @returns a client whose methods throw `FeedFailure`
 */
export function feedClient(fetch: Fetch, now: () => number, patienceMs: number, thread?: BodyThread): FeedClient {
  let asked = 0
  const renewed = (path: string) => `${path}${path.includes('?') ? '&' : '?'}fresh=${now().toString(36)}-${++asked}`
  const addressOf = (path: string, fresh: boolean) => (fresh ? renewed(path) : path)
  const read = (path: string, fresh: boolean, init: RequestInit, size?: number) =>
    fetchBytes(fetch, addressOf(path, fresh), init, patienceMs, size)

  async function readPart(path: string, fresh: boolean, size?: number): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await read(path, fresh, {}, size)
    } catch (error) {
      throw elsewhere(error)
    }
  }

  async function* chunksOf(path: string, fresh: boolean): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    try {
      yield* fetchChunks(fetch, addressOf(path, fresh), {}, patienceMs)
    } catch (error) {
      throw elsewhere(error)
    }
  }

  /** The lines of a file of bodies, with their digests. */
  async function digestedLines(path: string, fresh: boolean, size: number): Promise<Body[]> {
    thread?.open()
    const lines = await thread?.lines(addressOf(path, fresh), size)?.catch((error: unknown) => {
      if (error instanceof FeedFailure) throw elsewhere(error)
      // The thread broke off: the page does it.
      return undefined
    })
    if (lines !== undefined) return lines
    const bytes = await readPart(path, fresh, size)
    return understood(path, () => withDigests([...linesOf(bytes)]))
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
      const run = await understood(part.path, () => parseRun([...linesOf(bytes)]))
      const { epoch, from, to, changes } = run
      const fits = epoch === head.epoch && to === part.to && from <= part.from
      if (!fits || !changes.every((change, index) => change.v === from + index)) {
        throw new FeedFailure('stale', `${part.path} does not hold the changes up to ${part.to} of epoch ${head.epoch}`)
      }
      return run
    },

    list(head, fresh) {
      return listFile(head, () => chunksOf(head.list.url, fresh))
    },

    async bodies(epoch, { path, isSingle, rows }, fresh) {
      const size = sizeOf(rows)
      if (isSingle) {
        const bytes = await readPart(path, fresh, size)
        return understood(path, () => withDigests([bytes]))
      }
      const lines = await digestedLines(path, fresh, size)
      const [header, bodies] = await understood(path, () => bodiesOf(lines))
      if (header.epoch !== epoch) throw new FeedFailure('stale', `${path} is of another epoch`)
      return bodies
    },
  }
}

/** Room for a header, and for what ends each line. */
function sizeOf(rows: readonly Wanted[]): number {
  return rows.reduce((sum, { body }) => sum + body.bytes + 1, HEADER_BYTES)
}

/** @returns undefined for what is not JSON in UTF-8 */
function headValue(bytes: Uint8Array<ArrayBuffer>): unknown {
  try {
    return jsonOf(bytes)
  } catch {
    return undefined
  }
}

/** @throws FeedFailure for an answer that cannot be read as what its address says */
async function understood<T>(path: string, parse: () => T | Promise<T>): Promise<T> {
  try {
    return await parse()
  } catch (error) {
    throw new FeedFailure('stale', `${path} is not what its address says`, error)
  }
}

/** The head named this part, so an address that knows nothing of it is behind or ahead of the head. */
function elsewhere(error: unknown): unknown {
  const isUnknown = error instanceof FeedFailure && error.reason === 'notUnderstood'
  return isUnknown ? new FeedFailure('stale', error.message, error) : error
}

const EMPTY = new Uint8Array()

async function parseRun([first = EMPTY, ...lines]: readonly Uint8Array<ArrayBuffer>[]): Promise<FetchedRun> {
  const { epoch, from, to, bodies, edits } = v.parse(RunHeaderSchema, jsonOf(first))
  const textsAt = to - from + 1
  const editsAt = textsAt + bodies
  checkCount(lines, editsAt + edits)
  return {
    epoch,
    from,
    to,
    changes: lines.slice(0, textsAt).map((line) => v.parse(ListChangeSchema, jsonOf(line))),
    bodies: await withDigests(lines.slice(textsAt, editsAt)),
    edits: lines.slice(editsAt).map((line) => v.parse(BodyEditSchema, jsonOf(line))),
  }
}

function bodiesOf([first, ...bodies]: readonly Body[]): [v.InferOutput<typeof RunHeaderSchema>, Body[]] {
  const header = v.parse(RunHeaderSchema, jsonOf(first?.bytes ?? EMPTY))
  checkCount(bodies, header.bodies)
  return [header, bodies]
}

function checkCount({ length }: readonly unknown[], expected: number): void {
  if (length !== expected) throw new RangeError(`${length} lines of ${expected}`)
}

/** A head whose own numbers contradict each other, or that points to another site, is nobody's feed. */
function isConsistent({ head, minVersion, segmentSize, stepSize, list }: ListHead): boolean {
  const isInside = list.version <= head && list.version >= minVersion
  return isInside && segmentSize % stepSize === 0 && !/^\/[/\\]/.test(list.url)
}
