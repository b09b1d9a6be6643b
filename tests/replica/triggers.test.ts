import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepSynced, SYNC_EVERY_MS } from '#replica/triggers.ts'

let again = () => {}
let soon: ReturnType<typeof keepSynced>['soon'] = () => {}
let stop = () => {}
let visibility: 'visible' | 'hidden' = 'visible'
let complete = true
const sync = vi.fn(() => Promise.resolve(complete))
const syncAfter = vi.fn(() => sync())

beforeEach(() => {
  vi.useFakeTimers()
  sync.mockClear()
  syncAfter.mockClear()
  complete = true
  visibility = 'visible'
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility })
  ;({ again, soon, stop } = keepSynced({ sync, syncAfter }, Date.now))
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  Reflect.deleteProperty(document, 'visibilityState')
})

const turn = (to: typeof visibility) => {
  visibility = to
  document.dispatchEvent(new Event('visibilitychange'))
}

test('it syncs at once and every five minutes while the app is visible', async () => {
  expect(sync).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(3 * SYNC_EVERY_MS)
  expect(sync).toHaveBeenCalledTimes(4)
})

test('a hidden app asks nothing, and asks again when it is shown', async () => {
  await vi.advanceTimersByTimeAsync(1000)
  turn('hidden')
  await vi.advanceTimersByTimeAsync(3 * SYNC_EVERY_MS)
  expect(sync).toHaveBeenCalledTimes(1)
  turn('visible')
  expect(sync).toHaveBeenCalledTimes(2)
})

test('a sync that ends while the app is hidden starts no timer', async () => {
  dispatchEvent(new Event('online'))
  turn('hidden')
  await vi.advanceTimersByTimeAsync(3 * SYNC_EVERY_MS)
  expect(sync).toHaveBeenCalledTimes(2)
})

test('switching back and forth within half a minute asks nothing more', async () => {
  await vi.advanceTimersByTimeAsync(1000)
  turn('hidden')
  turn('visible')
  expect(sync).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(SYNC_EVERY_MS)
  expect(sync).toHaveBeenCalledTimes(2)
})

test('it asks when the network comes back, and sooner after a failure', async () => {
  complete = false
  dispatchEvent(new Event('online'))
  expect(syncAfter).toHaveBeenCalledTimes(1)
  expect(sync).toHaveBeenCalledTimes(2)
  complete = true
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sync).toHaveBeenCalledTimes(3)
})

test('after it is stopped, nothing asks', async () => {
  stop()
  dispatchEvent(new Event('online'))
  turn('visible')
  await vi.advanceTimersByTimeAsync(2 * SYNC_EVERY_MS)
  expect(sync).toHaveBeenCalledTimes(1)
})

test('asked at once, it counts from then on', async () => {
  await vi.advanceTimersByTimeAsync(1000)
  again()
  expect(sync).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(SYNC_EVERY_MS - 1)
  expect(sync).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(1)
  expect(sync).toHaveBeenCalledTimes(3)
})

test('what could not be had is asked for soon, later each time that nothing comes, and soon again after something has', async () => {
  const lacks = (hasCome: boolean) => {
    sync.mockClear()
    soon(hasCome)
  }
  for (const [hasCome, afterMs] of [
    [true, 10_000],
    [false, 20_000],
    [false, 40_000],
    [true, 10_000],
  ] as const) {
    lacks(hasCome)
    await vi.advanceTimersByTimeAsync(afterMs - 1)
    expect(sync).toHaveBeenCalledTimes(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(sync).toHaveBeenCalledTimes(1)
  }
  for (let times = 0; times < 9; times++) {
    lacks(false)
    await vi.advanceTimersByTimeAsync(SYNC_EVERY_MS)
    expect(sync).toHaveBeenCalled()
  }
  sync.mockClear()
  await vi.advanceTimersByTimeAsync(SYNC_EVERY_MS)
  expect(sync).toHaveBeenCalledTimes(1)
})

test('the answer to what was asked last says when to ask again', async () => {
  let answer: (complete: boolean) => void = () => {}
  const held = new Promise<boolean>((resolve) => (answer = resolve))
  complete = false
  syncAfter.mockImplementationOnce(() => held)
  again()
  dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sync).toHaveBeenCalledTimes(2)
  answer(true)
  await vi.advanceTimersByTimeAsync(SYNC_EVERY_MS - 1)
  expect(sync).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(1)
  expect(sync).toHaveBeenCalledTimes(3)
})

/** Asks, and is told before the answer that something is lacking, and that some has come. */
function lacksWhileItAsks() {
  let answer = () => {}
  sync.mockImplementationOnce(() => new Promise((resolve) => (answer = () => resolve(true))))
  again()
  soon(true)
  answer()
}

test('what is lacking while it asks is no reason to ask again once that has an answer', async () => {
  lacksWhileItAsks()
  await vi.advanceTimersByTimeAsync(SYNC_EVERY_MS - 1)
  expect(sync).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(1)
  expect(sync).toHaveBeenCalledTimes(3)
})

test('what has come while it asks counts where something is lacking still', async () => {
  lacksWhileItAsks()
  await vi.advanceTimersByTimeAsync(0)
  soon(false)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sync).toHaveBeenCalledTimes(3)
})

test('what is lacking is said again and again without an effect, and waits while the app is hidden', async () => {
  await vi.advanceTimersByTimeAsync(1000)
  soon(true)
  await vi.advanceTimersByTimeAsync(9000)
  soon(false)
  turn('hidden')
  await vi.advanceTimersByTimeAsync(5000)
  expect(sync).toHaveBeenCalledTimes(1)
  turn('visible')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sync).toHaveBeenCalledTimes(2)
})

test('what is lacking never puts off a try that is due sooner', async () => {
  await vi.advanceTimersByTimeAsync(SYNC_EVERY_MS - 15_000)
  for (let times = 0; times < 3; times++) soon(false)
  await vi.advanceTimersByTimeAsync(15_000)
  expect(sync).toHaveBeenCalledTimes(2)

  complete = false
  again()
  await vi.advanceTimersByTimeAsync(1000)
  soon(false)
  await vi.advanceTimersByTimeAsync(9000)
  expect(sync).toHaveBeenCalledTimes(4)
})
