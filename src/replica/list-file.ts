import * as v from 'valibot'
import { runningSha256 } from '#domain/digest.ts'
import { type ListHead, ListHeaderSchema, type Put, PutSchema } from '#domain/feed-v2.ts'
import { FeedFailure } from './feed-failure.ts'
import { jsonOf, linesFrom } from './lines.ts'
import type { ListFile } from './store.ts'

/** Puts handed on at once, unless they are the last ones. To store fewer takes longer, and so does to wait for more. */
const AT_ONCE = 1000

/**
 * A list as it comes, so that what has come is stored while the rest is on its way. Its puts are parsed when they are taken: ten thousand
 * at once would hold up a finger.
 * @param chunks asks for its bytes; once for each time that it is taken
 */
export function listFile({ epoch, list }: ListHead, chunks: () => AsyncIterable<Uint8Array<ArrayBuffer>>): ListFile {
  const { url, version, count, bytes, sha256 } = list

  async function* checked(): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    const digest = runningSha256()
    let size = 0
    for await (const chunk of chunks()) {
      digest.add(chunk)
      size += chunk.byteLength
      if (size > bytes) throw new RangeError(`more than ${bytes} bytes`)
      yield chunk
    }
    if (size !== bytes || digest.hex() !== sha256) throw new Error('the digest is not the one that the head names')
  }

  return {
    epoch,
    version,
    count,
    async *puts() {
      try {
        let lines: Uint8Array[] = []
        let isHeader = true
        const ids = new Set<string>()
        for await (const some of linesFrom(checked())) {
          for (const line of some) lines.push(line)
          if (isHeader && lines.length > 0) {
            const header = v.parse(ListHeaderSchema, jsonOf(lines.shift()!))
            if (header.epoch !== epoch || header.version !== version || header.count !== count)
              throw new Error(`it is the list of version ${header.version}, epoch ${header.epoch}`)
            isHeader = false
          }
          if (lines.length < AT_ONCE) continue
          yield parsed(url, lines, ids)
          lines = []
        }
        if (isHeader) throw new RangeError('it is empty')
        yield parsed(url, lines, ids)
        if (ids.size !== count) throw new RangeError(`${ids.size} records of ${count}`)
      } catch (error) {
        throw notTheList(url, error)
      }
    },
  }
}

function* parsed(url: string, lines: readonly Uint8Array[], ids: Set<string>): Generator<Put, void> {
  try {
    for (const line of lines) {
      const put = v.parse(PutSchema, jsonOf(line))
      ids.add(put.id)
      yield put
    }
  } catch (error) {
    throw notTheList(url, error)
  }
}

function notTheList(url: string, error: unknown): FeedFailure {
  if (error instanceof FeedFailure) return error
  return new FeedFailure('stale', `${url} is not the list that the head names`, error)
}
