import { Dexie } from 'dexie'
import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { contentDatabase, inBodies } from '#replica/database.ts'
import { addBodies, bodyTexts, dropBodies, missingBodies } from '#replica/indexeddb-bodies.ts'
import { holdAtMost } from './idb-faults.ts'

let repair = () => {}
afterEach(() => {
  repair()
  repair = () => {}
})

let made = 0
const opened = () => contentDatabase(`volumes-${++made}`, () => Promise.resolve())
const body = (n: number) => ({ sha256: `digest ${n}`, text: `text ${n}` })
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n)
const add = (db: ReturnType<typeof opened>, some: readonly number[]) =>
  inBodies(db, () => addBodies(db, some.map(body)))
const digests = (some: readonly number[]) => some.map((n) => body(n).sha256)

const none = () => false

const few = fc.array(fc.nat(30), { maxLength: 20 })
const steps = fc.array(fc.oneof(fc.record({ add: few }), fc.record({ drop: few })), { maxLength: 8 })

test('whatever comes and goes, what was added last and not dropped since is here, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (acts) => {
      const db = opened()
      const here = new Set<number>()
      for (const act of acts) {
        if ('add' in act) {
          await add(db, act.add)
          act.add.forEach((n) => here.add(n))
        } else {
          expect(new Set(await dropBodies(db, digests(act.drop), none))).toEqual(new Set(digests(act.drop)))
          act.drop.forEach((n) => here.delete(n))
        }
      }
      const all = numbers(31)
      const texts = await bodyTexts(db, digests(all))
      expect(texts).toEqual(new Map([...here].map((n) => [body(n).sha256, body(n).text])))
      expect(await missingBodies(db, digests(all))).toEqual(digests(all.filter((n) => !here.has(n))))
      const kept = (await db.volumes.toArray()).flatMap((volume) => volume.digests)
      expect(new Set(kept)).toEqual(new Set(digests([...here])))
      expect((await db.texts.toArray()).every((bound) => bound.texts.length > 0)).toBe(true)
      await Dexie.delete(db.name)
    }),
    { numRuns: 25 },
  )
})

test('a phone with no room to write what stays of a volume drops all of it, unless something in it is kept', async () => {
  const db = opened()
  await add(db, numbers(28))
  const volumes = await db.volumes.toArray()
  expect(volumes.map((volume) => volume.digests.length)).toEqual([8, 8, 8, 4])
  repair = holdAtMost('texts', 0)
  const isKept = (sha256: string) => sha256 === body(12).sha256
  const gone = digests([...numbers(8), ...numbers(8, 16)])
  expect(new Set(await dropBodies(db, digests([...numbers(10), 20]), isKept))).toEqual(new Set(gone))
  repair()
  expect(await missingBodies(db, digests(numbers(28)))).toEqual(gone)
  expect(await dropBodies(db, digests(numbers(10)), isKept)).toEqual(digests(numbers(10)))
  expect([...(await bodyTexts(db, digests([12])))].map(([, text]) => text)).toEqual(
    numbers(6, 10).map((n) => `text ${n}`),
  )
})

test('what is in two volumes goes from both, or is not said to have gone', async () => {
  const db = opened()
  await add(db, [1, 2, 3])
  await add(db, [3, 4])
  expect(new Set(await dropBodies(db, digests([3]), none))).toEqual(new Set(digests([3])))
  expect(await missingBodies(db, digests([1, 2, 3, 4]))).toEqual(digests([3]))
  await add(db, [3])
  await add(db, [3, 5])
  repair = holdAtMost('texts', 0)
  expect(await dropBodies(db, digests([3]), (sha256) => sha256 === body(5).sha256)).toEqual([])
})
