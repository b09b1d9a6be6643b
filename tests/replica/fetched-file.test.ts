import { afterEach, expect, test } from 'vitest'
import { cdp } from 'vitest/browser'
import { keepFetched } from '#replica/fetched-file.ts'
import { dropMediaBut, keptFiles, MEDIA_CACHE } from '#replica/media-cache.ts'
import { onMediaChanged } from '#replica/media-changes.ts'

/** Any file that the test's own server answers with under its own address. */
const FILE = '/package.json'
const { origin } = location
const PAGE = location.pathname + location.search

/** The page's own channel to the browser; its commands have no types here. */
const browser = () => cdp() as unknown as { send(method: string, options: object): Promise<unknown> }

/** @param quotaSize bytes; undefined gives back what the phone has */
const setQuota = (quotaSize?: number) => browser().send('Storage.overrideQuotaForOrigin', { origin, quotaSize })

afterEach(async () => {
  await setQuota()
  await caches.delete(MEDIA_CACHE)
})

test('a file that no worker stored is stored as it came', async () => {
  expect(await keepFetched(FILE, await fetch(FILE))).toBe('here')
  const kept = await (await caches.open(MEDIA_CACHE)).match(FILE)
  expect(kept?.headers.get('Content-Type')).toContain('json')
  expect(await kept?.text()).toBe(await (await fetch(FILE)).text())
})

test('a file for which the phone has no room is full, not missed', async () => {
  await setQuota(1)
  expect(await keepFetched(FILE, await fetch(FILE))).toBe('full')
  expect(await keptFiles([FILE])).toEqual(new Set())
})

test('what is not there, what another page answers, and what came from elsewhere is not the file', async () => {
  expect(await keepFetched(FILE, undefined)).toBe('missed')
  expect(await keepFetched(FILE, new Response('', { status: 404 }))).toBe('gone')
  expect(await keepFetched(FILE, new Response('', { status: 503 }))).toBe('missed')
  expect(await keepFetched(PAGE, await fetch(PAGE))).toBe('missed')
  expect(await keepFetched('/media/a.w1080.webp', await fetch(FILE))).toBe('missed')
  expect(await keptFiles([FILE, PAGE, '/media/a.w1080.webp'])).toEqual(new Set())
})

test('whoever listens hears of files that come and go, and of nothing else', async () => {
  let heard = 0
  const stop = onMediaChanged(() => (heard += 1))
  expect(await keepFetched(FILE, await fetch(FILE))).toBe('here')
  await expect.poll(() => heard).toBe(1)
  await dropMediaBut(new Set([FILE]))
  await dropMediaBut(new Set())
  await expect.poll(() => heard).toBe(2)
  stop()
})
