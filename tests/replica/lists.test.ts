import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { ListChange, Put } from '#domain/feed-v2.ts'
import { bindChanges, bindWhenWorth } from '#replica/bind-changes.ts'
import { BodyIndex } from '#replica/body-index.ts'
import { breathe } from '#replica/idle.ts'
import { indexedDbStore } from '#replica/indexeddb-store.ts'
import { memoryStore } from '#replica/memory-store.ts'
import { resilientStore } from '#replica/resilient-store.ts'
import type { ContentStore, ListFile } from '#replica/store.ts'
import { failWrites } from './idb-faults.ts'
import { lineOf, listLines } from './model-lines.ts'
import { article } from './records.ts'

let repair = () => {}
afterEach(() => {
  repair()
  repair = () => {}
})

const QUIET = { onLost: () => undefined, onNewer: () => undefined }
const KINDS = ['article', 'park', 'listing'] as const
let made = 0
const opened = () => indexedDbStore(`lists-${++made}`, QUIET)

/** A record of some day; many share one, and some have none. */
function putOf(n: number, v: number, day: number): Put {
  const id = `r${n}`
  const publishedAt = day === 0 ? {} : { publishedAt: `2026-07-${String(day).padStart(2, '0')}` }
  const { publishedAt: _, ...record } = article(id, `第${v}版`)
  return lineOf({ op: 'put', v, id, kind: KINDS[n % 3]!, record: { ...record, ...publishedAt } }, [])
}

function listOf(puts: readonly Put[], version: number): ListFile {
  return {
    epoch: 'e1',
    version,
    async *lines() {
      for (let from = 0; from < puts.length; from += 70) {
        await Promise.resolve()
        yield listLines(puts.slice(from, from + 70))
      }
    },
  }
}

/** All that a store can be asked about its lists, but for the name of the filling. */
async function answers(store: ContentStore, limit: number) {
  const said: unknown[] = []
  for (const kind of [undefined, ...KINDS]) {
    for (let after: string | undefined; ;) {
      const { rows, cursor } = await store.page(kind, after, limit)
      said.push(rows, cursor?.version)
      after = rows.at(-1)?.place
      if (after === undefined) break
    }
  }
  for (let n = 0; n < 40; n++) said.push((await store.row(`r${n * 7}`)).row ?? null)
  return said
}

const acts = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ list: fc.nat(260) }) },
    { weight: 1, arbitrary: fc.constant('bind' as const) },
    { weight: 3, arbitrary: fc.record({ changes: fc.array(fc.tuple(fc.nat(300), fc.nat(5)), { maxLength: 25 }) }) },
  ),
  { minLength: 1, maxLength: 6 },
)

test('whatever lists and changes come, what is read is what a store without blocks says', async () => {
  await fc.assert(
    fc.asyncProperty(acts, fc.integer({ min: 7, max: 120 }), async (some, limit) => {
      const [store, model] = [opened(), memoryStore()]
      let version = 0
      for (const act of [{ list: 130 }, ...some]) {
        const expected = [await store.cursor(), await model.cursor()] as const
        if (act === 'bind') {
          await bindChanges(store, new BodyIndex(store), breathe)
          expect(await store.rowsBeside()).toBe(0)
        } else if ('list' in act) {
          version += act.list
          const list = listOf(
            Array.from({ length: act.list }, (_, n) => putOf(n, version - n, (n * 5) % 29)).reverse(),
            version,
          )
          expect(await store.replaceAll(list, expected[0])).toBe(true)
          await model.replaceAll(list, expected[1])
        } else {
          const changes = act.changes.map(([n, day], at): ListChange => {
            const v = version + at + 1
            return day === 1 ? { op: 'del', v, id: `r${n}`, kind: KINDS[n % 3]! } : putOf(n, v, day)
          })
          const run = { epoch: 'e1', from: version + 1, to: version + changes.length, changes, bodies: [] }
          expect(await store.applyRun(run)).toBe(await model.applyRun(run))
          expect((await store.changedAfter(version, 10)).rows).toEqual((await model.changedAfter(version, 10)).rows)
          version = run.to
        }
        expect(await answers(store, limit)).toEqual(await answers(model, limit))
      }
      store.close()
    }),
    { numRuns: 15 },
  )
})

test('a list that finds no room leaves the copy as it was', async () => {
  const store = opened()
  await store.replaceAll(listOf([putOf(1, 1, 1)], 1), undefined)
  const before = [await store.cursor(), await answers(store, 50)]
  repair = failWrites('QuotaExceededError', 2)
  const more = listOf(
    Array.from({ length: 200 }, (_, n) => putOf(n, n + 1, n % 28)),
    200,
  )
  await expect(store.replaceAll(more, await store.cursor())).rejects.toThrow()
  repair()
  expect([await store.cursor(), await answers(store, 50)]).toEqual(before)
})

/** A copy of three records, and so many changes after it. */
async function changed(count: number): Promise<ContentStore> {
  const store = opened()
  await store.replaceAll(listOf([putOf(1, 1, 1), putOf(2, 2, 2), putOf(3, 3, 3)], 3), undefined)
  const changes = Array.from({ length: count }, (_, n) => putOf(n, n + 4, n % 28))
  await store.applyRun({ epoch: 'e1', from: 4, to: count + 3, changes, bodies: [] })
  return store
}

test('what has changed stays beside the lists until it is much, then it is bound into them', async () => {
  const some = await changed(1000)
  await bindWhenWorth(some, new BodyIndex(some))
  expect(await some.rowsBeside()).toBe(1000)
  const many = await changed(1001)
  const before = { said: await answers(many, 400), cursor: await many.cursor() }
  const index = new BodyIndex(many)
  await index.refresh(breathe)
  const known = structuredClone(index.rows)
  await bindWhenWorth(many, index)
  expect(await many.rowsBeside()).toBe(0)
  expect(await answers(many, 400)).toEqual(before.said)
  const after = await many.cursor()
  expect({ ...after, filling: '' }).toEqual({ ...before.cursor, filling: '' })
  expect(after?.filling).not.toBe(before.cursor?.filling)
  await index.refresh(breathe)
  expect([index.cursor, index.rows]).toEqual([after, known])
})

test('what changes while it is bound is not lost', async () => {
  const store = await changed(900)
  let isFirst = true
  await bindChanges(store, new BodyIndex(store), async () => {
    if (isFirst) await store.applyRun({ epoch: 'e1', from: 904, to: 904, changes: [putOf(1, 904, 5)], bodies: [] })
    isFirst = false
  })
  expect((await store.row('r1')).row?.v).toBe(904)
  expect(await store.rowsBeside()).toBe(900)
})

test('a full phone reads on without binding', async () => {
  const inner = await changed(1001)
  const makeRoom = () => Promise.resolve(false)
  const store = resilientStore({ build: () => inner, patienceMs: 20_000, makeRoom })
  const before = await answers(store, 400)
  repair = failWrites('QuotaExceededError', 1)
  await bindWhenWorth(store, new BodyIndex(store))
  repair()
  expect(await answers(store, 400)).toEqual(before)
  expect(await store.rowsBeside()).toBe(1001)
})
