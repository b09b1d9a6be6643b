import { expect, test } from 'vitest'
import { indexedDbStore } from '#replica/indexeddb-store.ts'
import { holdAtMost } from './idb-faults.ts'

const utf8 = new TextEncoder()
const QUIET = { onLost: () => undefined, onNewer: () => undefined }
let made = 0

/** Lets a transaction write its texts, and everything else, before it is broken off. */
function refuseInTheEnd(): () => void {
  const real = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') as { value: IDBObjectStore['put'] }
  IDBObjectStore.prototype.put = function (...args) {
    const request = real.value.apply(this, args)
    const breakOff = () => (this.count().onsuccess = () => this.transaction.abort())
    if (this.name === 'texts') request.addEventListener('success', breakOff)
    return request
  }
  return () => Object.defineProperty(IDBObjectStore.prototype, 'put', real)
}

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

test.each([
  ['is refused at once', () => holdAtMost('texts', 0)],
  ['is refused when all is written', refuseInTheEnd],
])('what %s is still there to be stored again', async (_, refuse) => {
  const store = indexedDbStore(`give-back-${++made}`, QUIET)
  const bodies = file()
  const repair = refuse()
  await expect(store.putBodies(bodies)).rejects.toThrow()
  repair()
  expect(lengths(bodies)).toEqual([3, 3])
  await store.putBodies(bodies)
  expect(await store.body('second')).toBe('two')
})
