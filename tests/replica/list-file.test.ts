import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256OfText } from '#domain/digest.ts'
import type { ListHead, Put } from '#domain/feed-v2.ts'
import { FeedFailure } from '#replica/feed-failure.ts'
import { listFile } from '#replica/list-file.ts'
import type { ListFile, ListLine } from '#replica/store.ts'
import { lineOf, lines } from './model-lines.ts'
import { article } from './records.ts'

const puts = (count: number): Put[] =>
  Array.from({ length: count }, (_, n) => {
    const id = `a${String(n).padStart(5, '0')}`
    return lineOf({ op: 'put', v: n + 1, id, kind: 'article', record: article(id, `第${n}篇`) }, [])
  })

const header = (count: number) => ({ epoch: 'e1', version: 9, count })

/** The head of a feed whose list is this text. */
function headOf(text: string, count: number, claim: Partial<ListHead['list']> = {}): ListHead {
  const bytes = new TextEncoder().encode(text).length
  const list = { url: '/list', version: 9, count, bytes, sha256: sha256OfText(text), ...claim }
  return { epoch: 'e1', head: 9, minVersion: 9, segmentSize: 100, stepSize: 10, list, minClient: 2 }
}

/** A list of this text, which comes in chunks that end at these places. */
function listOf(text: string, count: number, cuts: readonly number[] = [], claim: Partial<ListHead['list']> = {}) {
  return listFile(headOf(text, count, claim), () => chunksOf(text, cuts))
}

async function* chunksOf(text: string, cuts: readonly number[]) {
  const bytes = new TextEncoder().encode(text)
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  let from = 0
  for (const end of ends) {
    await Promise.resolve()
    yield bytes.slice(from, end)
    from = end
  }
}

async function taken(list: ListFile): Promise<Put[][]> {
  const all: Put[][] = []
  for await (const some of list.lines()) all.push(Array.from(some, ({ put }) => put))
  return all
}

test('a list is the same however it comes, and each time that it is taken', async () => {
  const all = puts(40)
  const text = lines([header(40), ...all])
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { maxLength: 30 }), async (cuts) => {
      const list = listOf(text, 40, cuts)
      expect((await taken(list)).flat()).toEqual(all)
      expect((await taken(list)).flat()).toEqual(all)
    }),
    { numRuns: 50 },
  )
})

test('what has come is handed on before the rest has', async () => {
  const all = puts(2500)
  const text = lines([header(2500), ...all])
  const cuts = Array.from({ length: 50 }, (_, n) => n * 10_000)
  let come = 0
  const file = listFile(headOf(text, 2500), async function* () {
    for await (const chunk of chunksOf(text, cuts)) {
      come += chunk.byteLength
      yield chunk
    }
  })
  const first = await file.lines()[Symbol.asyncIterator]().next()
  const some = Array.from(first.value as Iterable<ListLine>, ({ put }) => put)
  expect(some.length).toBeGreaterThan(0)
  expect(some).toEqual(all.slice(0, some.length))
  expect(come).toBeLessThan(text.length / 2)
})

test('a list without an end is not read on', async () => {
  const text = lines([header(3), ...puts(3)])
  const list = listFile(headOf(text, 3), async function* () {
    yield new TextEncoder().encode(text)
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve))
      yield new TextEncoder().encode('…')
    }
  })
  await expect(taken(list)).rejects.toThrow('/list is not the list')
})

const whole = puts(3)
const text = lines([header(3), ...whole])

test.each<[string, ListFile]>([
  ['that is empty', listOf('', 0)],
  ['whose last line is cut', listOf(text.slice(0, -1), 3)],
  ['that is longer than its head says', listOf(text, 3, [], { bytes: 100 })],
  ['that is shorter than its head says', listOf(text, 3, [], { bytes: 100_000 })],
  ['with another digest', listOf(text, 3, [], { sha256: sha256OfText('another') })],
  ['of another version', listOf(text, 3, [], { version: 8 })],
  ['of another count', listOf(text, 4)],
  ['of another epoch', listOf(lines([{ ...header(3), epoch: 'e2' }, ...whole]), 3)],
  ['with a record twice', listOf(lines([header(3), ...whole.slice(1), whole[1]]), 3)],
  ['with a record twice beside all others', listOf(lines([header(3), ...whole, whole[1]]), 3)],
  ['with less than it says', listOf(lines([header(3), ...whole.slice(1)]), 3)],
  ['with a line that is no record', listOf(lines([header(3), ...whole.slice(1), { op: 'put' }]), 3)],
  ['that is a page', listOf('<!doctype html>\n<title>请登录</title>\n', 3)],
])('a list %s is not taken', async (_, list) => {
  const failure: unknown = await taken(list).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(FeedFailure)
  expect(failure).toMatchObject({ reason: 'stale', message: '/list is not the list that the head names' })
})
