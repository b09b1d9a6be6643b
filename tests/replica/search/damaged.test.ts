import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { findWords } from '#replica/search/answer-query.ts'
import { BrokenIndex } from '#replica/search/broken-index.ts'
import { buildSegment } from '#replica/search/build.ts'
import { chunksOf } from '#replica/search/chunks.ts'
import type { SearchDocument } from '#replica/search/document.ts'
import { plansOf, rangesOf } from '#replica/search/evaluate.ts'
import { ListReader } from '#replica/search/list-reader.ts'
import { pairOf, positionsKey } from '#replica/search/postings.ts'
import { wordsOf } from '#replica/search/query.ts'

const DAMAGES = 150
const texts = ['汽', '汽车', '新能源', '车招商', '汽车新能源汽车', '源汽车招', '第', 'qiche', '12']

const documents = Array.from({ length: 1500 }, (_, n): SearchDocument => ({
  id: `d${n}`,
  digest: '1',
  title: `汽车${n}`,
  tags: '',
  text: `${'新能源汽车'.repeat(n % 40)}${String.fromCharCode(0x4e00 + n)}招商`,
  kind: 'article',
  region: { code: '310114', name: '嘉定' },
  publishedAt: '2025-07-01',
}))

/** Numbers below 1 that follow from a seed: Lehmer's generator with Park and Miller's factor. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) yield (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

test('a damaged chunk is answered from, or told: it never holds the search up', () => {
  const { head, chunks } = buildSegment(documents, [])
  const segment = { ...head, key: 1, firstKeys: Float64Array.from(chunks, ({ firstKey }) => firstKey) }
  const random = numbers(20_261_127)
  const below = (most: number) => Math.floor(random.next().value * most)
  let told = 0
  for (let damage = 0; damage < DAMAGES; damage++) {
    const at = below(chunks.length)
    const bytes = new Uint8Array(chunks[at]!.bytes)
    for (let n = 0; n < 4; n++) {
      // Where there are only zeros a number has no end.
      const from = below(bytes.length)
      bytes.fill(0, from, from + below(40))
      bytes[below(bytes.length)] = below(256)
    }
    if (damage % 25 === 0) bytes.fill(0)
    for (const text of texts) {
      const plans = wordsOf(text).map((word) => plansOf(word, segment))
      const read = new Map<number, Uint8Array>()
      for (const [from, to] of plans.flat().flatMap(rangesOf)) {
        const [first, end] = chunksOf(segment.firstKeys, from, to)
        for (let n = first; n < end; n++) read.set(n, n === at ? bytes : chunks[n]!.bytes)
      }
      try {
        findWords(plans, segment, read)
      } catch (error) {
        expect(error).toBeInstanceOf(BrokenIndex)
        told += 1
      }
    }
  }
  expect(told).toBeGreaterThan(0)
})

test('no list holds more positions than it has room for', () => {
  const { head } = buildSegment(documents.slice(0, 50), [])
  const damaged = fc
    .uint8Array({ minLength: 24, maxLength: 24 })
    .map((bytes) => bytes.map((byte) => (byte < 128 ? 0 : byte)))
  fc.assert(
    fc.property(damaged, (bytes) => {
      // Eight bytes say which documents there are; nothing follows them.
      bytes.set([8, 0])
      const parts = [{ bytes, at: 0, end: bytes.length, count: 1, after: -1 }]
      const reader = new ListReader({ key: positionsKey(pairOf(1, 2)), parts }, head)
      try {
        reader.seek(0)
        expect(reader.count).toBeLessThanOrEqual(bytes.length * 8)
      } catch (error) {
        if (!(error instanceof BrokenIndex)) throw error
      }
    }),
    { numRuns: 2000 },
  )
})
