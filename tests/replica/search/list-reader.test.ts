import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ListReader, END } from '#replica/search/list-reader.ts'
import { encode, pairOf, positionsKey, type Postings } from '#replica/search/postings.ts'

/* Lists longer than what a reader takes at a time, with gaps and counts of any size, in one part or several. */

const SIZE = 60_000
const WIDTH = 18

interface Entry {
  doc: number
  positions: { at: number; third: number }[]
}

const entry = fc.record({
  gap: fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.integer({ min: 1, max: 9000 })),
  steps: fc.oneof(
    { weight: 20, arbitrary: fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 2 }) },
    fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 300 }),
  ),
  third: fc.integer({ min: 1, max: 3 }),
})
const entries = fc.array(entry, { minLength: 1, maxLength: 400 }).map((some) => {
  let doc = -1
  const list: Entry[] = []
  for (const { gap, steps, third } of some) {
    doc += gap
    if (doc >= SIZE) break
    let at = -1
    list.push({ doc, positions: steps.map((step) => ({ at: (at += step), third })) })
  }
  return list
})

const layout = {
  titleEnds: new Uint32Array(SIZE),
  tagEnds: new Uint32Array(SIZE),
  widths: new Uint8Array(SIZE).fill(WIDTH),
}

function stored(list: readonly Entry[], cuts: readonly number[]) {
  const postings: Postings = { docs: [], places: [], ends: [], positions: [], thirds: [] }
  for (const { doc, positions } of list) {
    postings.docs.push(doc)
    postings.places.push(2)
    for (const { at, third } of positions) {
      postings.positions.push(at)
      postings.thirds.push(third)
    }
    postings.ends.push(postings.positions.length)
  }
  const bounds = [0, ...new Set(cuts.map((cut) => 1 + (cut % list.length)).sort((a, b) => a - b)), list.length]
  const parts = [...new Set(bounds)].slice(0, -1).map((from, n) => {
    const to = [...new Set(bounds)][n + 1]!
    const bytes = encode(postings, from, to, layout.widths)
    return { bytes, at: 0, end: bytes.length, count: to - from, after: from === 0 ? -1 : list[from - 1]!.doc }
  })
  return { key: positionsKey(pairOf(0x4e00, 0x4e01)), parts }
}

test('what is written is read, whatever is gone past', () => {
  fc.assert(
    fc.property(entries, fc.array(fc.nat(), { maxLength: 4 }), fc.array(fc.nat({ max: 900 })), (list, cuts, jumps) => {
      const reader = new ListReader(stored(list, cuts), layout)
      let target = 0
      for (let n = 0; ; n++) {
        const doc = reader.seek(target)
        const next = list.find((each) => each.doc >= target)
        expect(doc).toBe(next?.doc ?? END)
        if (next === undefined) break
        const read = Array.from({ length: reader.count }, (_, m) => ({
          at: reader.positionAt(m),
          third: reader.thirdAt(m),
        }))
        expect(read).toEqual(next.positions)
        expect(reader.first).toBe(next.positions[0]!.at)
        target = doc + 1 + (jumps[n % (jumps.length || 1)] ?? 0)
      }
      expect(reader.seek(END)).toBe(END)
    }),
    { numRuns: 60 },
  )
})

test('of a list that says what follows, only parts are read that hold what must', () => {
  fc.assert(
    fc.property(entries, fc.array(fc.nat(), { maxLength: 4 }), (list, cuts) => {
      const reader = new ListReader(stored(list, cuts), layout, 2)
      const found: number[] = []
      for (let doc = reader.seek(0); doc < END; doc = reader.seek(doc + 1)) {
        expect(reader.isFree).toBe(false)
        if (reader.isWanted(0)) found.push(doc)
      }
      expect(found).toEqual(list.filter(({ positions }) => positions[0]!.third === 2).map(({ doc }) => doc))
    }),
    { numRuns: 60 },
  )
})
