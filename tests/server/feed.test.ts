import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { snapshotPath } from '#domain/feed.ts'
import type { Database } from '#server/db/database.ts'
import { withdrawRecords } from '#server/feed/review.ts'
import { storePage } from '#server/feed/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { anApp } from './an-app.ts'
import { readHead, segmentPath, tailPath } from './feed-reader.ts'
import { article, NOW, page } from './samples.ts'

const FOREVER = 'public, max-age=31536000, immutable'

/** Publishes changes up to this version, ten at a time. */
async function fill(database: Database, upTo: number, prefix = 'r') {
  const { head } = await readHead(anApp(database).ask)
  for (let v = head; v < upTo; v += 10) {
    const some = Array.from({ length: Math.min(10, upTo - v) }, (_, n) => article(`${prefix}${v + n}`))
    await storePage(database, page(some), NOW)
  }
}

onEachDatabase('the content feed', (store) => {
  it('starts with an empty snapshot and nothing else', async () => {
    const { ask } = anApp(await store.open())
    const { epoch, head, snapshot } = await readHead(ask)
    expect([head, snapshot.version, snapshot.count]).toEqual([0, 0, 0])
    expect((await ask(snapshot.url)).status).toBe(200)
    expect((await ask(tailPath(epoch, 0))).status).toBe(404)
  })

  it('names the newest version in a head that caches may keep for half a minute', async () => {
    const { ask } = anApp(await store.open())
    const response = await ask('/sync/v1/head.json')
    expect(response.headers.get('cache-control')).toBe('public, max-age=30, stale-while-revalidate=300')
    const etag = response.headers.get('etag') ?? ''
    const again = await ask('/sync/v1/head.json', { headers: { 'If-None-Match': etag } })
    expect(again.status).toBe(304)
  })

  it('answers for every address with the same bytes for ever, in every process, in the encoding asked for', async () => {
    const database = await store.open()
    await fill(database, 150)
    const { epoch, snapshot } = await readHead(anApp(database).ask)
    const paths = [segmentPath(epoch, 0), tailPath(epoch, 101), tailPath(epoch, 150), snapshot.url]
    const text = async (from: Database, path: string) => (await anApp(from).ask(path)).text()
    const before = await Promise.all(paths.map((path) => text(database, path)))
    await fill(database, 420)
    await withdrawRecords(database, ['r1', 'r2'], NOW)
    const other = await store.open()
    expect(await Promise.all(paths.map((path) => text(other, path)))).toEqual(before)

    const { ask } = anApp(database)
    for (const [index, path] of paths.entries()) {
      const br = await ask(path, { headers: { 'Accept-Encoding': 'gzip, deflate, br' } })
      expect(br.headers.get('content-encoding')).toBe('br')
      expect(br.headers.get('cache-control')).toBe(FOREVER)
      expect(br.headers.get('vary')).toBe('Accept-Encoding')
      expect(brotliDecompressSync(await br.arrayBuffer()).toString()).toBe(before[index])
      const gzip = await ask(path, { headers: { 'Accept-Encoding': 'br;q=0, gzip' } })
      expect(gunzipSync(await gzip.arrayBuffer()).toString()).toBe(before[index])
    }
  })

  it('has nothing, and lets nobody keep that, where no such part exists yet', async () => {
    const database = await store.open()
    await fill(database, 150)
    const { ask } = anApp(database)
    const { epoch } = await readHead(ask)
    const missing = [
      segmentPath(epoch, 1),
      tailPath(epoch, 151),
      tailPath(epoch, 100),
      snapshotPath(epoch, 77),
      segmentPath('another', 0),
      `/sync/v1/${epoch}/segments/00.json`,
      `/sync/v1/${epoch}/segments/-1.json`,
      `/sync/v1/${epoch}/tail/999999999999.json`,
    ]
    for (const path of missing) {
      const response = await ask(path)
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 404, 'no-store'])
      expect(response.headers.get('content-type')).toBe('application/problem+json')
    }
    await fill(database, 200)
    expect((await ask(segmentPath(epoch, 1))).status).toBe(200)
  })

  it('takes a new snapshot when the head is more than a segment ahead, whose size and digest the head names', async () => {
    const database = await store.open()
    await fill(database, 5)
    const { ask } = anApp(database)
    const first = (await readHead(ask)).snapshot
    await fill(database, first.version + 100)
    expect((await readHead(ask)).snapshot).toEqual(first)
    await fill(database, first.version + 101)
    const { snapshot } = await readHead(ask)
    expect(snapshot.version).toBe(first.version + 101)
    const bytes = Buffer.from(await (await ask(snapshot.url)).arrayBuffer())
    expect(snapshot).toMatchObject({
      count: first.version + 101,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    expect((await ask(first.url)).status).toBe(200)
  })

  it('drops a snapshot a week after another has taken its place, and no sooner', async () => {
    const database = await store.open()
    const at = (days: number) => anApp(database, { now: () => NOW + days * 86_400_000 }).ask
    const first = (await readHead(at(0))).snapshot
    await fill(database, 101)
    await readHead(at(30))
    expect((await at(30)(first.url)).status).toBe(200)
    await fill(database, 202)
    await readHead(at(38))
    expect((await at(38)(first.url)).status).toBe(404)
  })

  it('gives the same snapshot from two processes that make it at once', async () => {
    const databases = [await store.open(), await store.open()] as const
    await storePage(databases[0], page([article('b'), article('a')]), NOW)
    const heads = await Promise.all(databases.map((database) => readHead(anApp(database).ask)))
    expect(heads[0]).toEqual(heads[1])
  })
})
