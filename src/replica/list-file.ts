import * as v from 'valibot'
import { runningSha256 } from '#domain/digest.ts'
import { type ListHead, ListHeaderSchema, PutSchema } from '#domain/feed-v2.ts'
import { FeedFailure } from './feed-failure.ts'
import { jsonOf, jsonOfLines, LINE_FEED, linesOf } from './lines.ts'
import type { ListFile, ListLine } from './store.ts'

/**
 * A list as it comes. Its puts are parsed when they are taken: ten thousand at once would hold up a finger.
 * @param chunks asks for its bytes; once for each time that it is taken
 */
export function listFile(
  { epoch, head, list }: ListHead,
  chunks: () => AsyncIterable<Uint8Array<ArrayBuffer>>,
): ListFile {
  const { url, version, count, bytes, sha256 } = list

  async function* pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    const whole = new Uint8Array(bytes)
    // The browser's own takes it all at once, and a slow phone too long to hand it over.
    const digest = runningSha256()
    let [length, told] = [0, 0]
    for await (const chunk of chunks()) {
      if (length + chunk.byteLength > bytes) throw new RangeError(`more than ${bytes} bytes`)
      digest.add(chunk)
      whole.set(chunk, length)
      length += chunk.byteLength
      const end = whole.subarray(0, length).lastIndexOf(LINE_FEED) + 1
      if (end > told) yield whole.subarray(told, end)
      told = Math.max(told, end)
    }
    if (length !== bytes || digest.hex() !== sha256) throw new Error('the digest is not the one that the head names')
    if (told !== bytes) throw new RangeError('the last line is not ended')
  }

  return {
    epoch,
    version,
    head,
    async *lines() {
      try {
        const ids = new Set<string>()
        let header = 0
        for await (const piece of pieces()) {
          if (header > 0) yield parsed(url, piece, ids)
          else {
            header = piece.indexOf(LINE_FEED)
            checkHeader(piece.subarray(0, header))
            yield parsed(url, piece.subarray(header + 1), ids)
          }
        }
        if (header === 0) throw new RangeError('it is empty')
        if (ids.size !== count) throw new RangeError(`${ids.size} records of ${count}`)
      } catch (error) {
        throw notTheList(url, error)
      }
    },
  }

  function checkHeader(line: Uint8Array): void {
    const header = v.parse(ListHeaderSchema, jsonOf(line))
    if (header.epoch !== epoch || header.version !== version || header.count !== count)
      throw new Error(`it is the list of version ${header.version}, epoch ${header.epoch}`)
  }
}

function* parsed(url: string, piece: Uint8Array<ArrayBuffer>, ids: Set<string>): Generator<ListLine, void> {
  try {
    const values = jsonOfLines(piece)
    for (const bytes of linesOf(piece)) {
      const put = v.parse(PutSchema, values.next().value)
      if (ids.has(put.id)) throw new RangeError(`${put.id} stands in it twice`)
      ids.add(put.id)
      yield { put, bytes }
    }
  } catch (error) {
    throw notTheList(url, error)
  }
}

function notTheList(url: string, error: unknown): FeedFailure {
  if (error instanceof FeedFailure) return error
  return new FeedFailure('stale', `${url} is not the list that the head names`, error)
}
