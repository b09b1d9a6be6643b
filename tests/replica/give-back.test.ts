import { expect, test } from 'vitest'
import { indexedDbStore } from '#replica/indexeddb-store.ts'
import { memoryStore } from '#replica/memory-store.ts'
import { holdAtMost } from './idb-faults.ts'

const utf8 = new TextEncoder()
const QUIET = { onLost: () => undefined, onNewer: () => undefined }
let made = 0

/** Two bodies of one file, as they come: parts of its bytes. */
function file() {
  const bytes = utf8.encode('one two')
  return [
    { sha256: 'first', bytes: bytes.subarray(0, 3) },
    { sha256: 'second', bytes: bytes.subarray(4) },
  ]
}
const lengths = (bodies: ReturnType<typeof file>) => bodies.map(({ bytes }) => bytes.byteLength)

test('the memory of bodies is given back when they are stored, and what is stored stays', async () => {
  const store = indexedDbStore(`give-back-${++made}`, QUIET)
  const bodies = file()
  await store.putBodies(bodies)
  expect(lengths(bodies)).toEqual([0, 0])
  expect(await store.bodies(['first', 'second'])).toEqual(
    new Map([
      ['first', 'one'],
      ['second', 'two'],
    ]),
  )
})

test('what could not be stored is still there to be stored again', async () => {
  const store = indexedDbStore(`give-back-${++made}`, QUIET)
  const bodies = file()
  const repair = holdAtMost('texts', 0)
  await expect(store.putBodies(bodies)).rejects.toThrow()
  repair()
  expect(lengths(bodies)).toEqual([3, 3])
  await store.putBodies(bodies)
  expect(await store.body('second')).toBe('two')
})

test('a copy in memory keeps the bytes themselves', async () => {
  const store = memoryStore()
  const bodies = file()
  await store.putBodies(bodies)
  expect(await store.bodies(['first', 'second'])).toEqual(
    new Map([
      ['first', 'one'],
      ['second', 'two'],
    ]),
  )
})
