import { choose, followWish } from '#app/content-wish.ts'
import type { Phone } from '#app/phone.ts'
import { changedWish, type ContentWish, NOTHING_CHOSEN } from '#domain/content-wish.ts'
import type { Mine } from '#outbox/mine.ts'
import type { Replica } from '#replica/replica.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const never = () => new Promise<never>(() => undefined)
const full = () => Promise.reject(new Error('full'))

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('reportError', () => undefined)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** What an earlier release kept. */
const keptBefore = (wish: ContentWish) => vi.stubGlobal('localStorage', { getItem: () => JSON.stringify(wish) })

/** A phone whose own store does what it is told to, and what the replica is told. */
function phoneWith(store: Partial<Mine['wish']>) {
  const told: ContentWish[] = []
  let tellProgress: (progress: { isTidy: boolean }) => void = () => {}
  const replica = {
    wish: (wish: ContentWish) => told.push(wish),
    progress: () => ({
      subscribe(listener: typeof tellProgress) {
        tellProgress = listener
        return () => undefined
      },
    }),
  } as unknown as Replica
  let tellKept: (kept: ContentWish | undefined) => void = () => {}
  const wish: Mine['wish'] = {
    choose: never,
    takeOver: never,
    tidied: never,
    live: () => ({
      subscribe(listener) {
        tellKept = listener
        return () => undefined
      },
    }),
    ...store,
  }
  const mine = { wish } as unknown as Mine
  const phone: Phone = {
    content: undefined,
    replica,
    mine,
    wish: undefined,
    unkept: undefined,
    search: undefined,
    indexing: undefined,
    opened: () => Promise.resolve(mine),
  }
  const follow = () => followWish(phone, replica, mine)
  return {
    phone,
    told,
    follow,
    kept: (now: ContentWish | undefined) => tellKept(now),
    progress: (isTidy: boolean) => tellProgress({ isTidy }),
  }
}

test('a store that never answers is waited for, and then it is gone on as if nothing was chosen', async () => {
  const { phone, told, follow } = phoneWith({})
  follow()
  await vi.advanceTimersByTimeAsync(19_000)
  expect(phone.wish).toBeUndefined()
  expect(told).toEqual([{ depth: 'titles', pause: 'auto' }])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(phone.wish).toEqual(NOTHING_CHOSEN)
  expect(told.at(-1)).toEqual(NOTHING_CHOSEN)
})

test('or with what an earlier release kept, until the store says otherwise', async () => {
  keptBefore({ depth: 'everything', pause: 'paused' })
  const { phone, follow, kept } = phoneWith({})
  follow()
  await vi.advanceTimersByTimeAsync(21_000)
  expect(phone.wish).toEqual({ depth: 'everything', pause: 'paused' })
  kept({ depth: 'titles', pause: 'auto' })
  expect(phone.wish).toEqual({ depth: 'titles', pause: 'auto' })
})

test('what was chosen is heard of while what an earlier release kept is still being written, and stays', async () => {
  keptBefore({ depth: 'everything', pause: 'paused' })
  const { phone, follow, kept } = phoneWith({ takeOver: never })
  follow()
  kept({ depth: 'texts', pause: 'paused' })
  expect(phone.wish).toEqual({ depth: 'texts', pause: 'paused' })
  await vi.advanceTimersByTimeAsync(21_000)
  expect(phone.wish).toEqual({ depth: 'texts', pause: 'paused' })
})

test('a choice that cannot be kept is carried out and holds, and is kept with the next that can be', async () => {
  const asked: Partial<ContentWish>[] = []
  let write: (change: Partial<ContentWish>) => Promise<ContentWish> = full
  const { phone, told, follow, kept } = phoneWith({
    choose(change) {
      asked.push(change)
      return write(change)
    },
  })
  follow()
  kept({ depth: 'texts', pause: 'auto' })
  await choose(phone, { depth: 'titles' })
  expect(phone.unkept).toEqual({ depth: 'titles' })
  expect(told.at(-1)).toEqual({ depth: 'titles', pause: 'auto', before: 'texts' })
  // Another tab writes something: what is on disk knows nothing of this choice.
  kept({ depth: 'texts', pause: 'running' })
  expect(phone.wish).toMatchObject({ depth: 'titles', pause: 'running' })
  write = (change) => Promise.resolve(changedWish({ depth: 'texts', pause: 'running' }, change))
  await choose(phone, { pause: 'paused' })
  expect(asked.at(-1)).toEqual({ depth: 'titles', pause: 'paused' })
  expect(phone.wish).toMatchObject({ depth: 'titles', pause: 'paused' })
  expect(phone.unkept).toBeUndefined()
})

test('what an earlier release kept counts in a choice, known or not, where the store could not take it over', async () => {
  keptBefore({ depth: 'everything', pause: 'auto' })
  const { phone, follow, kept } = phoneWith({
    takeOver: full,
    choose: (change, otherwise = NOTHING_CHOSEN) => Promise.resolve(changedWish(otherwise, change)),
  })
  follow()
  await choose(phone, { pause: 'running' })
  expect(phone.wish).toEqual({ depth: 'everything', pause: 'running' })
  phone.wish = undefined
  kept(undefined)
  expect(phone.wish).toEqual({ depth: 'everything', pause: 'auto' })
  await choose(phone, { pause: 'paused' })
  expect(phone.wish).toEqual({ depth: 'everything', pause: 'paused' })
})

test('what could not be kept gives way to what is chosen later in another tab', async () => {
  const { phone, told, follow, kept } = phoneWith({ choose: full })
  follow()
  kept({ depth: 'texts', pause: 'auto' })
  await choose(phone, { depth: 'titles', pause: 'running' })
  kept({ depth: 'everything', pause: 'auto' })
  expect(phone.wish).toEqual({ depth: 'everything', pause: 'running' })
  expect(told.at(-1)).toEqual(phone.wish)
  expect(phone.unkept).toEqual({ pause: 'running' })
  kept({ depth: 'everything', pause: 'paused' })
  expect(phone.wish).toEqual({ depth: 'everything', pause: 'paused' })
  expect(phone.unkept).toBeUndefined()
})

test('a choice that is on disk after all is called unkept no longer', async () => {
  const { phone, follow, kept } = phoneWith({})
  follow()
  const choosing = choose(phone, { depth: 'titles' })
  await vi.advanceTimersByTimeAsync(21_000)
  await choosing
  expect(phone.unkept).toEqual({ depth: 'titles' })
  // The store wakes. What it has kept so far is older than the choice, whatever was taken for it meanwhile.
  kept({ depth: 'everything', pause: 'auto' })
  expect(phone.wish).toMatchObject({ depth: 'titles' })
  expect(phone.unkept).toEqual({ depth: 'titles' })
  kept({ depth: 'titles', pause: 'auto', before: 'everything' })
  expect(phone.wish).toEqual({ depth: 'titles', pause: 'auto', before: 'everything' })
  expect(phone.unkept).toBeUndefined()
})

test('a choice that a store does not answer to is carried out in the end', async () => {
  const { phone, told } = phoneWith({})
  const choosing = choose(phone, { pause: 'paused' })
  await vi.advanceTimersByTimeAsync(21_000)
  await choosing
  expect(phone.unkept).toEqual({ pause: 'paused' })
  expect(told.at(-1)).toEqual({ depth: 'texts', pause: 'paused' })
})

test('that what is too much has gone is noted once for each choice', () => {
  const noted: ContentWish[] = []
  const { follow, kept, progress } = phoneWith({
    tidied(wish) {
      noted.push(wish)
      return full()
    },
  })
  follow()
  const less: ContentWish = { depth: 'titles', pause: 'auto', before: 'texts' }
  kept(less)
  progress(false)
  expect(noted).toEqual([])
  progress(true)
  progress(true)
  expect(noted).toEqual([less])
})
