import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { bodyUrl, bundleUrl, listUrl, openBundleUrl, openStepUrl, segmentUrl, stepUrl } from '#domain/feed-v2.ts'
import type { Database } from '#server/db/database.ts'
import { startEpoch } from '#server/feed/epoch.ts'
import { withdrawRecords } from '#server/feed/review.ts'
import { exportRecords, storePage } from '#server/feed/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { anApp } from './an-app.ts'
import { readList, readListHead, readRun, readWholeRecords, sha256 } from './list-feed-reader.ts'
import { article, NOW, page } from './samples.ts'

const FOREVER = 'public, max-age=31536000, immutable'

/** An article with a text, a picture of this site and one that is only linked to. */
function whole(id: string, title?: string) {
  return {
    ...article(id, title),
    images: [{ src: `/media/${id}.svg`, alt: '' }],
    attachments: [
      { title: '附件', url: `/media/${id}.pdf`, bytes: 1234, sha256: sha256(id) },
      { title: '别处', url: 'https://example.com/a.pdf' },
    ],
    body: [{ type: 'paragraph' as const, text: [{ text: `正文 ${id}` }] }],
  }
}

/** Publishes changes up to this version, ten at a time. */
async function fill(database: Database, upTo: number) {
  const { head } = await readListHead(anApp(database).ask)
  for (let v = head; v < upTo; v += 10) {
    const some = Array.from({ length: Math.min(10, upTo - v) }, (_, n) => whole(`r${v + n}`))
    await storePage(database, page(some), NOW)
  }
}
const published = async (database: Database) =>
  new Map<string, unknown>((await exportRecords(database)).map((record) => [record.id, record]))

/** The database, and the tables that something was written into through it. */
function counting(database: Database) {
  const inserted: (string | undefined)[] = []
  const db = database.db.withPlugin({
    transformQuery({ node }) {
      if (node.kind === 'InsertQueryNode') inserted.push(node.into?.table.identifier.name)
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  })
  return { database: { ...database, db }, inserted }
}

onEachDatabase('the feed of lists and bodies', (store) => {
  it('starts with an empty list', async () => {
    const { ask } = anApp(await store.open())
    const { head, list, minClient } = await readListHead(ask)
    expect([head, list.version, list.count, minClient]).toEqual([0, 0, 0, 2])
    expect((await readList(ask)).puts).toEqual([])
  })

  it('leads to every record, whole, by its runs and bundles', async () => {
    const database = await store.open()
    await fill(database, 113)
    await storePage(database, page([whole('r1', '改过'), whole('r105', '也改过')]), NOW)
    await withdrawRecords(database, ['r2', 'r111'], NOW)
    const { ask } = anApp(database)
    expect(await readWholeRecords(ask)).toEqual(await published(database))
  })

  it('lists what lists show, with the digest and size of what they do not, and the files of this site', async () => {
    const database = await store.open()
    await storePage(database, page(['r0', 'r1', 'r2'].map((id) => whole(id))), NOW)
    const { ask } = anApp(database)
    const { header, puts } = await readList(ask)
    const [put] = puts
    const { epoch, list } = await readListHead(ask)
    expect(header).toEqual({ epoch, version: 3, count: 3 })
    const { body, images, attachments, source, ...short } = whole('r0')
    expect(put).toMatchObject({ op: 'put', v: 1, id: 'r0', record: short, titleOnly: false })
    expect(put?.record).not.toHaveProperty('body')
    expect(put?.files).toEqual([
      { path: '/media/r0.svg' },
      { path: '/media/r0.pdf', bytes: 1234, sha256: sha256('r0') },
    ])
    const text = await (await ask(bodyUrl(epoch, 1, put?.body.sha256 ?? ''))).text()
    expect([sha256(text), Buffer.byteLength(text)]).toEqual([put?.body.sha256, put?.body.bytes])
    expect(JSON.parse(text)).toEqual({ body, images, attachments, source })
    const bytes = Buffer.from(await (await ask(list.url)).arrayBuffer())
    expect([bytes.length, sha256(bytes.toString())]).toEqual([list.bytes, list.sha256])
  })

  it('answers for every address with the same bytes for ever, in every process, in the encoding asked for', async () => {
    const database = await store.open()
    await fill(database, 115)
    const { epoch, list } = await readListHead(anApp(database).ask)
    const [put] = (await readRun(anApp(database).ask, stepUrl(epoch, 10))).changes
    const paths = [
      list.url,
      segmentUrl(epoch, 0),
      bundleUrl(epoch, 0),
      stepUrl(epoch, 9),
      openStepUrl(epoch, 115),
      openBundleUrl(epoch, 115),
      bodyUrl(epoch, 101, put?.op === 'put' ? put.body.sha256 : ''),
    ]
    const text = async (from: Database, path: string) => (await anApp(from).ask(path)).text()
    const before = await Promise.all(paths.map((path) => text(database, path)))
    await fill(database, 320)
    await withdrawRecords(database, ['r1', 'r2', 'r100'], NOW)
    const other = await store.open()
    expect(await Promise.all(paths.map((path) => text(other, path)))).toEqual(before)

    const { ask } = anApp(database)
    for (const [index, path] of paths.entries()) {
      const br = await ask(path, { headers: { 'Accept-Encoding': 'gzip, deflate, br' } })
      expect([br.status, br.headers.get('content-encoding'), br.headers.get('cache-control')]).toEqual([
        200,
        'br',
        FOREVER,
      ])
      expect(brotliDecompressSync(await br.arrayBuffer()).toString()).toBe(before[index])
      const gzip = await ask(path, { headers: { 'Accept-Encoding': 'br;q=0, gzip' } })
      expect(gunzipSync(await gzip.arrayBuffer()).toString()).toBe(before[index])
    }
  })

  it('has nothing, and lets nobody keep that, where no such part exists yet', async () => {
    const database = await store.open()
    await fill(database, 115)
    const { ask } = anApp(database)
    const { epoch } = await readListHead(ask)
    const missing = [
      segmentUrl(epoch, 1),
      bundleUrl(epoch, 1),
      stepUrl(epoch, 11),
      openStepUrl(epoch, 110),
      openStepUrl(epoch, 116),
      openBundleUrl(epoch, 100),
      openBundleUrl(epoch, 116),
      listUrl(epoch, 77),
      bodyUrl(epoch, 1, sha256('another')),
      bodyUrl(epoch, 500, sha256('another')),
      segmentUrl('another', 0),
      `/sync/v2/${epoch}/steps/00.ndjson`,
    ]
    for (const path of missing) {
      const response = await ask(path)
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 404, 'no-store'])
    }
  })

  it('takes a new list when the head is more than a segment ahead, the same in two processes at once', async () => {
    const databases = [await store.open(), await store.open()] as const
    await fill(databases[0], 5)
    const first = (await readListHead(anApp(databases[0]).ask)).list
    await fill(databases[0], first.version + 100)
    expect((await readListHead(anApp(databases[0]).ask)).list).toEqual(first)
    await fill(databases[0], first.version + 101)
    const heads = await Promise.all(databases.map((database) => readListHead(anApp(database).ask)))
    expect(heads[0]).toEqual(heads[1])
    expect(heads[0]?.list).toMatchObject({ version: first.version + 101, count: first.version + 101 })
  })

  it('keeps the list at hand, whatever else phones ask for', async () => {
    const database = await store.open()
    await fill(database, 101)
    const { ask } = anApp(database)
    const { epoch, list } = await readListHead(ask)
    const { puts } = await readList(ask)
    expect(puts).toHaveLength(101)
    for (const { v, body } of puts.slice(0, 70)) expect((await ask(bodyUrl(epoch, v, body.sha256))).status).toBe(200)
    // Only what is kept in memory can still be answered.
    await database.db.deleteFrom('list_snapshot').execute()
    expect((await ask(list.url)).status).toBe(200)
  })

  it('takes a list once for all who ask for the head meanwhile', async () => {
    const { database, inserted } = counting(await store.open())
    await fill(database, 250)
    inserted.length = 0
    const { ask } = anApp(database)
    const heads = await Promise.all(Array.from({ length: 5 }, () => readListHead(ask)))
    expect(heads.map(({ list }) => list.version)).toEqual([250, 250, 250, 250, 250])
    expect(inserted.filter((table) => table === 'list_snapshot')).toHaveLength(1)
    expect((await readList(ask)).puts.map(({ id }) => id)).toEqual(
      Array.from({ length: 250 }, (_, n) => `r${n}`).sort(),
    )
  })

  it('goes on under another epoch with the same log, as a release that writes other lines has it', async () => {
    const database = await store.open()
    await fill(database, 113)
    const { ask } = anApp(database)
    const before = await readListHead(ask)
    await database.db.updateTable('meta').set({ value: 'another' }).where('name', '=', 'epoch').execute()
    await database.db.deleteFrom('snapshot').execute()
    await database.db.deleteFrom('list_snapshot').execute()
    const { epoch, head, list } = await readListHead(ask)
    expect([epoch, head, list.version]).toEqual(['another', 113, 113])
    expect((await readList(ask)).header.epoch).toBe('another')
    expect(await readWholeRecords(ask)).toEqual(await published(database))
    for (const path of [before.list.url, segmentUrl(before.epoch, 0)]) expect((await ask(path)).status).toBe(404)
  })

  it('answers nothing of an earlier epoch, nor of what was withdrawn before this one', async () => {
    const database = await store.open()
    const { ask } = anApp(database)
    await storePage(database, page([whole('a'), whole('b', '依法撤下的内容')]), NOW)
    const before = await readListHead(ask)
    const { puts } = await readList(ask)
    await withdrawRecords(database, ['b'], NOW)
    const { epoch } = await startEpoch(database, NOW)
    const digest = puts[1]?.body.sha256 ?? ''
    for (const path of [
      before.list.url,
      openStepUrl(before.epoch, 2),
      bodyUrl(before.epoch, 2, digest),
      bodyUrl(epoch, 2, digest),
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404])
    }
    expect(await readWholeRecords(ask)).toEqual(await published(database))
    expect(JSON.stringify(await database.db.selectFrom('list_snapshot').select('body').execute())).not.toContain('依法')
  })
})
