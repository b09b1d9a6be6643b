import { Dexie } from 'dexie'
import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { contentDatabase, inBodies } from '#replica/database.ts'
import { addBodies, bodyTexts, dropBodies, dropOrphanBodies, missingBodies } from '#replica/indexeddb-bodies.ts'
import { holdAtMost } from './idb-faults.ts'

let repair = () => {}
afterEach(() => {
  repair()
  repair = () => {}
})

let made = 0
const nothing = () => Promise.reject(new Error('there is nothing to take over'))
const opened = () => contentDatabase(`volumes-${++made}`, { wholeRecords: nothing, shelves: nothing })
/** Every third is so long that two of them make a volume. */
const textOf = (n: number) => `text ${n} ${'长'.repeat(n % 3 === 0 ? 50_000 : 5)}`
const digestOf = (n: number) => `digest ${n}`
const body = (n: number) => ({ sha256: digestOf(n), bytes: new TextEncoder().encode(textOf(n)) })
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n)
const add = (db: ReturnType<typeof opened>, some: readonly number[]) =>
  inBodies(db, () => addBodies(db, some.map(body)))
const digests = (some: readonly number[]) => some.map(digestOf)

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
      expect(texts).toEqual(new Map([...here].map((n) => [digestOf(n), textOf(n)])))
      expect(await missingBodies(db, digests(all))).toEqual(digests(all.filter((n) => !here.has(n))))
      const kept = (await db.volumes.toArray()).flatMap((volume) => volume.digests)
      expect(new Set(kept)).toEqual(new Set(digests([...here])))
      expect((await db.volumes.toArray()).every((volume) => volume.digests.length > 0)).toBe(true)
      await Dexie.delete(db.name)
    }),
    { numRuns: 25 },
  )
})

test('a phone with no room to write what stays of a volume drops all of it, unless something in it is kept', async () => {
  const db = opened()
  await add(db, numbers(28))
  const volumes = await db.volumes.toArray()
  expect(volumes.map((volume) => volume.digests.length)).toEqual([4, 6, 6, 6, 6])
  repair = holdAtMost('texts', 0)
  const isKept = (sha256: string) => sha256 === digestOf(12)
  const gone = digests([...numbers(10), ...numbers(6, 16)])
  expect(new Set(await dropBodies(db, digests([...numbers(11), 20]), isKept))).toEqual(new Set(gone))
  repair()
  expect(await missingBodies(db, digests(numbers(28)))).toEqual(gone)
  expect(await dropBodies(db, digests(numbers(11)), isKept)).toEqual(digests(numbers(11)))
  expect([...(await bodyTexts(db, digests(numbers(16)))).values()]).toEqual(numbers(5, 11).map(textOf))
})

test('where something is kept of every volume, one makes way but for that, and no more than has to', async () => {
  const db = opened()
  await add(db, numbers(28))
  const isKept = (sha256: string) => digests([2, 5, 11, 17, 23]).includes(sha256)
  let isRoom = false
  repair = holdAtMost('texts', 0, [], (weight) => {
    isRoom ||= weight === 1
    return !isRoom
  })
  // Of the first volume the least is lost.
  const gone = digests([0, 1, 3, 4, 10, 16, 22])
  expect(new Set(await dropBodies(db, digests([1, 4, 10, 16, 22]), isKept))).toEqual(new Set(gone))
  expect(await missingBodies(db, digests(numbers(28)))).toEqual(gone)
  expect([...(await bodyTexts(db, digests([2, 27]))).values()]).toEqual([2, 27].map(textOf))
})

test('the second release, which cannot read these volumes, cannot write them anew either', async () => {
  const db = opened()
  await add(db, [1, 2])
  const [row] = (await db.table<{ texts?: string[] }>('texts').toArray()) as [{ texts?: string[] }]
  expect(() => (row.texts ?? []).filter(Boolean)).toThrow(TypeError)
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
  expect(await dropBodies(db, digests([3]), (sha256) => sha256 === digestOf(5))).toEqual([])
})

test('bodies that no record had go, but not once the copy has changed since that was known', async () => {
  const db = opened()
  await add(db, [1, 2, 3])
  const at = { epoch: 'e1', version: 1, filling: 'f' }
  await db.state.put({ key: 'position', ...at, version: 2 })
  await dropOrphanBodies(db, digests([1, 2]), at)
  expect(await missingBodies(db, digests([1, 2, 3]))).toEqual([])
  await dropOrphanBodies(db, digests([1, 2]), { ...at, version: 2 })
  expect(await missingBodies(db, digests([1, 2, 3]))).toEqual(digests([1, 2]))
})

test('what the second version of the database bound is read and thinned as it is', async () => {
  const name = `volumes-${++made}`
  const second = new Dexie(name)
  second
    .version(2)
    .stores({ listA: 'id, v, place', listB: 'id, v, place', volumes: 'n, *digests', texts: 'n', state: 'key' })
  await second.table('volumes').put({ n: 1, digests: digests([0, 1, 2]) })
  await second.table('texts').put({ n: 1, texts: [0, 1, 2].map(textOf) })
  second.close()
  const db = contentDatabase(name, { wholeRecords: nothing, shelves: () => Promise.resolve() })
  await add(db, [4])
  expect([...(await bodyTexts(db, digests([2, 4, 0]))).values()]).toEqual([0, 2, 4].map(textOf))
  expect(await dropBodies(db, digests([1]), none)).toEqual(digests([1]))
  expect([...(await bodyTexts(db, digests([0, 1, 2, 4]))).values()]).toEqual([0, 2, 4].map(textOf))
})
