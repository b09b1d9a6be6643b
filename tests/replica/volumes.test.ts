import { Dexie } from 'dexie'
import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { contentDatabase, inBodies } from '#replica/database.ts'
import { addBodies, bodyText, dropBodies, missingBodies } from '#replica/indexeddb-bodies.ts'
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
          const gone = await dropBodies(db, digests(act.drop))
          expect(new Set(gone)).toEqual(new Set(digests(act.drop.filter((n) => here.has(n)))))
          act.drop.forEach((n) => here.delete(n))
        }
      }
      const all = numbers(31)
      expect(await Promise.all(all.map((n) => bodyText(db, body(n).sha256)))).toEqual(
        all.map((n) => (here.has(n) ? body(n).text : undefined)),
      )
      expect(await missingBodies(db, digests(all))).toEqual(digests(all.filter((n) => !here.has(n))))
      const kept = (await db.volumes.toArray()).flatMap((volume) => volume.digests)
      expect(new Set(kept)).toEqual(new Set(digests([...here])))
      expect((await db.texts.toArray()).every(({ texts }) => texts.length > 0)).toBe(true)
      await Dexie.delete(db.name)
    }),
    { numRuns: 25 },
  )
})

test('a phone with no room to write what stays drops the volumes of which nothing stays, and says which bodies those are', async () => {
  const db = opened()
  await add(db, numbers(20))
  const volumes = await db.volumes.toArray()
  expect(volumes.map((volume) => volume.digests.length)).toEqual([8, 8, 4])
  repair = holdAtMost('texts', 0)
  expect(await dropBodies(db, digests(numbers(12)))).toEqual(digests(numbers(8)))
  repair()
  expect(await missingBodies(db, digests(numbers(20)))).toEqual(digests(numbers(8)))
  expect(await bodyText(db, body(9).sha256)).toBe('text 9')
  expect(await dropBodies(db, digests(numbers(12)))).toEqual(digests(numbers(4, 8)))
  expect(await bodyText(db, body(12).sha256)).toBe('text 12')
})
