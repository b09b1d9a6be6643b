import { expect, it } from 'vitest'
import { BodyIndex } from '#replica/body-index.ts'
import { feedClient } from '#replica/feed-client.ts'
import { memoryStore } from '#replica/memory-store.ts'
import { isRow } from '#replica/rows.ts'
import type { ContentStore } from '#replica/store.ts'
import { synchronise } from '#replica/synchronise.ts'
import type { Database } from '#server/db/database.ts'
import { startEpoch } from '#server/feed/epoch.ts'
import { withdrawRecords } from '#server/feed/review.ts'
import { exportRecords, storePage } from '#server/feed/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { anApp } from './an-app.ts'
import { type Ask, readChanges, readHead, readSnapshot, replay, segmentPath, tailPath } from './feed-reader.ts'
import { article, NOW, page } from './samples.ts'

/** What caches keep for ever: every answer that says so, by its address. */
function keepingForEver(ask: () => Ask): (url: string) => Promise<Response> {
  const kept = new Map<string, Response>()
  return async (url) => {
    const response = kept.get(url) ?? (await ask()(url))
    if (response.headers.get('cache-control')?.includes('immutable') === true) kept.set(url, response.clone())
    return response
  }
}

async function titlesOn(phone: ContentStore) {
  const { rows } = await phone.page(undefined, undefined, 9999)
  return new Map(rows.filter(isRow).map(({ id, record }) => [id, record['title']]))
}
const titlesIn = async (database: Database) =>
  new Map<string, unknown>((await exportRecords(database)).map(({ id, title }) => [id, title]))

onEachDatabase('a new epoch', (store) => {
  it('begins with what is published, and leads new phones and old ones to it', async () => {
    const database = await store.open()
    const { ask } = anApp(database)
    await storePage(database, page(Array.from({ length: 130 }, (_, n) => article(`r${n}`))), NOW)
    await withdrawRecords(database, ['r1', 'r2'], NOW)
    const before = await readHead(ask)
    const { epoch, records } = await startEpoch(database, NOW)
    expect([epoch === before.epoch, records]).toEqual([false, 128])
    expect(await readHead(ask)).toMatchObject({
      epoch,
      head: 128,
      minVersion: 0,
      snapshot: { version: 128, count: 128 },
    })
    expect(await readSnapshot(ask)).toEqual(await titlesIn(database))
    expect(replay(await readChanges(ask))).toEqual(await titlesIn(database))
    for (const path of [before.snapshot.url, segmentPath(before.epoch, 0), tailPath(before.epoch, before.head)]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404])
    }
  })

  it('answers nothing of a record that was withdrawn before it, under any address', async () => {
    const database = await store.open()
    await storePage(database, page([article('a'), article('b', '依法撤下的内容')]), NOW)
    await readHead(anApp(database).ask)
    await withdrawRecords(database, ['b'], NOW)
    await startEpoch(database, NOW)
    await storePage(database, page([article('c'), article('b', '依法撤下的内容，又来')]), NOW)
    const { ask } = anApp(database)
    const { epoch, head, snapshot } = await readHead(ask)
    const answers = await Promise.all(
      [snapshot.url, ...[1, head].map((v) => tailPath(epoch, v))].map(async (path) => (await ask(path)).text()),
    )
    expect(answers.join('')).toContain('标题 c')
    expect(answers.join('')).not.toContain('依法撤下')
    const stored = [
      ...(await database.db.selectFrom('change').select('json').execute()),
      ...(await database.db.selectFrom('snapshot').select('body').execute()),
    ]
    expect(JSON.stringify(stored)).not.toContain('依法撤下')
  })

  it('is never mixed with the old one, whoever asks while it begins', async () => {
    const databases = [await store.open(), await store.open()] as const
    await storePage(databases[0], page(Array.from({ length: 30 }, (_, n) => article(`r${n}`))), NOW)
    let beginning = true
    const asking = Promise.all(
      databases.map(async (database) => {
        const { ask } = anApp(database)
        while (beginning) {
          const { epoch, head, snapshot } = await readHead(ask)
          for (const path of [snapshot.url, tailPath(epoch, head)]) {
            const response = await ask(path)
            if (response.status === 200) expect(await response.json()).toMatchObject({ epoch })
          }
        }
      }),
    )
    for (let round = 0; round < 12; round++) {
      await withdrawRecords(databases[0], [`r${round}`], NOW)
      await startEpoch(databases[round % 2 === 0 ? 0 : 1], NOW)
    }
    beginning = false
    await asking
    const bodies = await databases[0].db.selectFrom('snapshot').select('body').execute()
    const { epoch } = await readHead(anApp(databases[0]).ask)
    for (const { body } of bodies) expect(JSON.parse(body)).toMatchObject({ epoch })
  })

  it('after a restored backup keeps phones right, whatever caches kept of the versions that are used again', async () => {
    const database = await store.open()
    const { ask } = anApp(database)
    const phone = memoryStore()
    const client = feedClient(
      keepingForEver(() => ask),
      () => NOW,
      1_000,
    )
    const sync = () =>
      synchronise({ feed: client, store: phone, now: () => NOW, wantsText: () => true, index: new BodyIndex(phone) })

    await storePage(database, page([article('a'), article('b')]), NOW)
    const backup = await rows(database)
    await storePage(database, page([article('lost', '备份之后的内容')]), NOW)
    await sync()
    await restore(database, backup)
    await startEpoch(database, NOW)
    await storePage(database, page([article('new', '恢复之后的内容')]), NOW)

    await sync()
    expect(await titlesOn(phone)).toEqual(await titlesIn(database))
    expect((await phone.cursor())?.version).toBe((await readHead(ask)).head)
  })
})

const TABLES = ['meta', 'counter', 'record', 'change', 'snapshot', 'list_snapshot'] as const

/** Everything the feed rests on, as a backup holds it. */
async function rows({ db }: Database) {
  return Promise.all(
    TABLES.map(async (table) => ({
      table,
      rows: await db
        .selectFrom(table as 'record')
        .selectAll()
        .execute(),
    })),
  )
}

async function restore({ db }: Database, backup: Awaited<ReturnType<typeof rows>>): Promise<void> {
  for (const { table, rows: saved } of backup) {
    await db.deleteFrom(table).execute()
    if (saved.length > 0)
      await db
        .insertInto(table as 'record')
        .values(saved)
        .execute()
  }
}
