import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findWords } from '#replica/search/answer-query.ts'
import { emptySet, numbersIn, setBit } from '#replica/search/bitset.ts'
import { buildSegment } from '#replica/search/build.ts'
import { type Chunk, chunksOf, eachList, isSplit } from '#replica/search/chunks.ts'
import { IN_TEXT, type SearchDocument } from '#replica/search/document.ts'
import { plansOf, rangesOf } from '#replica/search/evaluate.ts'
import { mergeSegments } from '#replica/search/merge.ts'
import { hasPositions, isLong, pairOf, thirdOfKey } from '#replica/search/postings.ts'
import { wordsOf } from '#replica/search/query.ts'
import type { Segment, SegmentHead } from '#replica/search/segment.ts'
import { expected } from './oracle.ts'

/* Pairs that are split into lists of three, and pairs that say which unit follows: read as a search reads them, nothing else. */

interface Built {
  segment: Segment
  chunks: Chunk[]
}

const built = (head: SegmentHead, chunks: Chunk[]): Built => ({
  segment: { ...head, key: 1, firstKeys: Float64Array.from(chunks, ({ firstKey }) => firstKey) },
  chunks,
})

function segmentOf(documents: readonly SearchDocument[]): Built {
  const { head, chunks } = buildSegment(documents, [])
  return built(head, chunks)
}

async function merged(parts: readonly Built[], isLive: (id: string, part: number) => boolean): Promise<Built> {
  const sources = parts.map(({ segment, chunks }, part) => {
    const live = emptySet(segment.size)
    segment.ids.split('\n').forEach((id, doc) => {
      if (isLive(id, part)) setBit(live, doc)
    })
    return { segment, live, chunk: (n: number) => Promise.resolve(chunks[n]!.bytes) }
  })
  const chunks: Chunk[] = []
  const head = await mergeSegments(sources, [], (some) => Promise.resolve(void chunks.push(...some)))
  return built(head, chunks)
}

/** Ids of what is found, in the order in which it is shown, with only those chunks at hand that a search would read. */
function found({ segment, chunks }: Built, text: string): string[] {
  const words = wordsOf(text)
  if (words.length === 0) return []
  const read = new Map<number, Uint8Array>()
  const plans = words.map((word) => plansOf(word, segment))
  for (const [from, to] of plans.flat().flatMap(rangesOf)) {
    const [first, end] = chunksOf(segment.firstKeys, from, to)
    for (let n = first; n < end; n++) read.set(n, chunks[n]!.bytes)
  }
  const ids = segment.ids.split('\n')
  const all = findWords(plans, segment, read)
  const docs = [...numbersIn(all.upTo(IN_TEXT))].sort((a, b) => all.placeOf(a) - all.placeOf(b) || a - b)
  return docs.map((doc) => ids[doc]!)
}

/** Numbers below one that a seed stands for: a text of them says less of what went wrong than the seed. */
function diceOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Two stand nearly everywhere, so that what they make is long; the others may stand at an edge of anything. */
const OFTEN = ['车', '新']
const SELDOM = ['車', '能', '源', '业', '𠮷', 'A', '5', '，', '\n', ' ', '产业', '車新']

function sampleText(dice: (below: number) => number, length: number): string {
  const of = (some: readonly string[]) => some[dice(some.length)]!
  return Array.from({ length }, () => of(dice(20) > 0 ? OFTEN : SELDOM)).join('')
}

const samples = (dice: (below: number) => number, from: number, to: number): SearchDocument[] =>
  Array.from({ length: to - from }, (_, n) => ({
    id: `d${from + n}`,
    digest: '1',
    title: sampleText(dice, dice(6)).replaceAll('\n', ''),
    tags: sampleText(dice, dice(4)),
    text: sampleText(dice, dice(10) === 0 ? 3000 : dice(600)),
    kind: 'article',
    region: { code: '310114', name: '上海市嘉定区' },
    publishedAt: `2025-07-0${1 + dice(9)}`,
  }))

function queriesOf(dice: (below: number) => number, documents: readonly SearchDocument[]): string[] {
  const cut = () => {
    const { title, tags, text } = documents[dice(documents.length)]!
    const from = [...[title, tags, text][dice(3)]!]
    return from
      .slice(dice(from.length))
      .slice(0, 1 + dice(9))
      .join('')
  }
  const one = () => (dice(2) === 0 ? cut() : sampleText(dice, 1 + dice(9)))
  return Array.from({ length: 60 }, () => (dice(6) === 0 ? `${one()} ${one()}` : one()))
}

/** How the lists are stored. */
function formOf({ segment: { firstKeys }, chunks }: Built) {
  const counts = { three: 0, threeLong: 0, pairs: 0 }
  for (const chunk of chunks) {
    eachList(chunk, 0, Infinity, (key) => {
      if (thirdOfKey(key) !== 0) counts[isLong(key) ? 'threeLong' : 'three']++
      else if (hasPositions(key)) counts.pairs++
    })
  }
  return { ...counts, isSplit: isSplit(firstKeys, pairOf('车'.charCodeAt(0), '新'.charCodeAt(0))) }
}

test('any phrase is found in any list, before and after what has changed or gone is left out by a merge', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const dice = diceOf(seed)
      const older = samples(dice, 0, 120)
      const newer = samples(dice, 80, 160)
      const queries = queriesOf(dice, [...older, ...newer])
      // Of what is in both, the newer counts; some are gone.
      const isLive = (id: string, part: number) =>
        Number(id.slice(1)) % 9 > 0 && (part === 1 || Number(id.slice(1)) < 80)
      const live = [older, newer].flatMap((some, part) => some.filter(({ id }) => isLive(id, part)))
      const parts = [segmentOf(older), segmentOf(newer)]
      const together = await merged(parts, isLive)
      const again = await merged([together], (id) => id.length > 2)
      const rest = live.filter(({ id }) => id.length > 2)
      for (const text of queries) {
        expect([text, found(parts[0]!, text)]).toEqual([text, expected(older, text)])
        expect([text, found(together, text)]).toEqual([text, expected(live, text)])
        expect([text, found(again, text)]).toEqual([text, expected(rest, text)])
      }
      const form = formOf(together)
      expect(form).toEqual(formOf(segmentOf(live)))
      expect([form.isSplit, form.three > 0, form.threeLong > 0, form.pairs > 0]).toEqual([true, true, true, true])
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 120_000)

test('a list that is not long is read by one chunk, also one that a chunk begins with', () => {
  const { segment, chunks } = segmentOf(samples(diceOf(7), 0, 120))
  let begun = 0
  chunks.forEach((chunk, at) => {
    eachList(chunk, 0, Infinity, (key) => {
      const [first, end] = chunksOf(segment.firstKeys, key, key)
      expect(at >= first && at < end).toBe(true)
      if (isLong(key)) return
      expect(end - first).toBe(1)
      // Who does not know how it is stored begins with the first that it may be.
      if (key === chunk.firstKey) expect(chunksOf(segment.firstKeys, key - (key % 4), key)).toEqual([at, at + 1])
      if (key === chunk.firstKey) begun++
    })
  })
  expect(begun).toBeGreaterThan(3)
})
