import { expect, it } from 'vitest'
import { listReview, publishRecords, withdrawRecords } from '#server/feed/review.ts'
import { loadStarter } from '#server/feed/starter.ts'
import { exportRecords, storePage } from '#server/feed/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { anApp } from './an-app.ts'
import { readChanges } from './feed-reader.ts'
import { article, DOUBT, doubtfulPage, lookedAtAgain, NOW, page } from './samples.ts'

onEachDatabase('an imported page', (store) => {
  it('is published as a whole; the same page again, looked at on another day, changes nothing', async () => {
    const database = await store.open()
    const records = [article('a'), article('b')]
    expect(await storePage(database, page(records), NOW)).toEqual({
      added: ['a', 'b'],
      updated: [],
      unchanged: [],
      held: [],
    })
    const again = page(records.map(lookedAtAgain))
    expect(await storePage(database, again, NOW + 1)).toEqual({
      added: [],
      updated: [],
      unchanged: ['a', 'b'],
      held: [],
    })
    const changes = await readChanges(anApp(database).ask)
    expect(changes.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(changes[0]).toMatchObject({ op: 'put', record: article('a') })
  })

  it('updates what its source changed', async () => {
    const database = await store.open()
    await storePage(database, page([article('a'), article('b')]), NOW)
    const outcome = await storePage(database, page([article('a', '改过'), article('b')]), NOW)
    expect(outcome).toMatchObject({ updated: ['a'], unchanged: ['b'] })
    expect((await exportRecords(database)).map(({ title }) => title)).toEqual(['改过', '标题 b'])
  })

  it('is stored whole or not at all', async () => {
    const database = await store.open()
    const broken = { ...article('b'), title: '' }
    await expect(storePage(database, page([article('a'), broken]), NOW)).rejects.toThrow()
    const refused = page([], { refused: { code: 'page.empty', message: '空白页' } })
    await expect(storePage(database, refused, NOW)).rejects.toThrow('空白页')
    expect(await exportRecords(database)).toEqual([])
  })

  it('holds doubtful records back until an officer publishes them, and not again after that', async () => {
    const database = await store.open()
    expect(await storePage(database, doubtfulPage(article('a')), NOW)).toMatchObject({ held: ['a'], added: [] })
    expect(await listReview(database)).toEqual([{ record: article('a'), reasons: [DOUBT], status: 'review' }])
    expect(await exportRecords(database)).toEqual([])
    expect(await publishRecords(database, ['a', 'a', 'nobody'], NOW)).toEqual([
      { id: 'a', outcome: 'published' },
      { id: 'a', outcome: 'alreadyPublished' },
      { id: 'nobody', outcome: 'unknown' },
    ])
    expect(await storePage(database, doubtfulPage(article('a')), NOW)).toMatchObject({ unchanged: ['a'] })
    expect(await listReview(database)).toEqual([])
  })

  it('keeps the published version while a doubtful new one waits, until an officer publishes that', async () => {
    const database = await store.open()
    await storePage(database, page([article('a')]), NOW)
    const changed = article('a', '改过')
    expect(await storePage(database, doubtfulPage(changed), NOW)).toEqual({
      added: [],
      updated: [],
      unchanged: [],
      held: ['a'],
    })
    expect((await exportRecords(database)).map(({ title }) => title)).toEqual(['标题 a'])
    expect(await listReview(database)).toEqual([{ record: changed, reasons: [DOUBT], status: 'update' }])
    expect(await publishRecords(database, ['a', 'a'], NOW)).toEqual([
      { id: 'a', outcome: 'published' },
      { id: 'a', outcome: 'alreadyPublished' },
    ])
    expect(await listReview(database)).toEqual([])
    const titles = (await readChanges(anApp(database).ask)).map((change) =>
      change.op === 'put' ? change.record['title'] : change.op,
    )
    expect(titles).toEqual(['标题 a', '改过'])
  })

  it('forgets the version that waits when its source goes back, when a good one comes, and when the record is withdrawn', async () => {
    const database = await store.open()
    await storePage(database, page(['a', 'b', 'c'].map((id) => article(id))), NOW)
    for (const id of ['a', 'b', 'c']) await storePage(database, doubtfulPage(article(id, '可疑')), NOW)
    expect(await listReview(database)).toHaveLength(3)
    expect(await storePage(database, page([article('a')]), NOW)).toMatchObject({ unchanged: ['a'] })
    expect(await storePage(database, page([article('b', '改好')]), NOW)).toMatchObject({ updated: ['b'] })
    await withdrawRecords(database, ['c'], NOW)
    expect(await listReview(database)).toEqual([])
    expect((await exportRecords(database)).map(({ title }) => title)).toEqual(['标题 a', '改好'])
  })

  it('writes nothing for what waits already, and follows its source while it waits', async () => {
    const database = await store.open()
    const written = () =>
      database.db
        .selectFrom('record')
        .leftJoin('waiting', 'waiting.id', 'record.id')
        .select(['record.id', 'updated_at', 'at'])
        .orderBy('record.id')
        .execute()
    await storePage(database, page([article('b')]), NOW)
    await storePage(database, doubtfulPage(article('a')), NOW)
    await storePage(database, doubtfulPage(article('b', '可疑')), NOW)
    const before = await written()
    expect(before).toEqual([
      { id: 'a', updated_at: NOW, at: null },
      { id: 'b', updated_at: NOW, at: NOW },
    ])
    expect(await storePage(database, doubtfulPage(lookedAtAgain(article('a'))), NOW + 1)).toMatchObject({ held: ['a'] })
    expect(await storePage(database, doubtfulPage(lookedAtAgain(article('b', '可疑'))), NOW + 1)).toMatchObject({
      held: ['b'],
    })
    expect(await written()).toEqual(before)
    await storePage(database, doubtfulPage(article('a', '改过')), NOW + 2)
    await storePage(database, doubtfulPage(article('b', '更可疑')), NOW + 2)
    expect((await listReview(database)).map(({ record }) => record.title)).toEqual(['改过', '更可疑'])
  })

  it('stays withdrawn when an officer withdrew it, whatever its source says later, until one publishes it', async () => {
    const database = await store.open()
    await storePage(database, page([article('a')]), NOW)
    expect(await withdrawRecords(database, ['a', 'a', 'nobody'], NOW)).toEqual([
      { id: 'a', outcome: 'withdrawn' },
      { id: 'a', outcome: 'alreadyWithdrawn' },
      { id: 'nobody', outcome: 'unknown' },
    ])
    expect(await storePage(database, page([article('a', '改过')]), NOW)).toMatchObject({ unchanged: ['a'] })
    expect(await storePage(database, doubtfulPage(article('a', '又改')), NOW)).toMatchObject({ unchanged: ['a'] })
    expect(await exportRecords(database)).toEqual([])
    await publishRecords(database, ['a'], NOW)
    expect((await exportRecords(database)).map(({ title }) => title)).toEqual(['又改'])
    expect((await readChanges(anApp(database).ask)).map(({ op }) => op)).toEqual(['put', 'del', 'put'])
  })

  it('keeps remarks on published records until an officer confirms them', async () => {
    const database = await store.open()
    const remarked = page([article('a')], { remarks: [{ id: 'a', reasons: [DOUBT] }] })
    await storePage(database, remarked, NOW)
    expect(await listReview(database)).toEqual([{ record: article('a'), reasons: [DOUBT], status: 'published' }])
    expect(await publishRecords(database, ['a'], NOW)).toEqual([{ id: 'a', outcome: 'alreadyPublished' }])
    await storePage(database, remarked, NOW)
    expect(await listReview(database)).toEqual([])
  })

  it('gives records back as they came in, in the order of their ids', async () => {
    const database = await store.open()
    const records = ['b-2', 'b', 'a', 'b2', 'b-10'].map((id) => article(id, `“${id}” \u0000😀 ﷽`))
    await storePage(database, page(records), NOW)
    const exported = await exportRecords(database)
    expect(exported.map(({ id }) => id)).toEqual(['a', 'b', 'b-10', 'b-2', 'b2'])
    expect(exported[1]?.title).toBe('“b” 😀 ﷽')
  })
})

onEachDatabase('the starter content', (store) => {
  it('is published once, follows the pack, and leaves with it', async () => {
    const database = await store.open()
    const { ask } = anApp(database)
    await loadStarter(database, [article('a'), article('b')], NOW)
    expect(await loadStarter(database, [article('b'), article('a')], NOW)).toMatchObject({ unchanged: ['b', 'a'] })
    expect(await readChanges(ask)).toHaveLength(2)
    const next = await loadStarter(database, [article('b', '改过'), article('c')], NOW)
    expect(next).toEqual({ added: ['c'], updated: ['b', 'a'], unchanged: [], held: [] })
    expect((await exportRecords(database)).map(({ id, title }) => `${id} ${title}`)).toEqual(['b 改过', 'c 标题 c'])
    expect(await loadStarter(database, [article('a')], NOW)).toMatchObject({ added: ['a'] })
  })

  it('leaves alone what was imported and what an officer withdrew', async () => {
    const database = await store.open()
    await loadStarter(database, [article('a'), article('b')], NOW)
    await storePage(database, page([article('a', '来自网页')]), NOW)
    await withdrawRecords(database, ['b'], NOW)
    expect(await loadStarter(database, [article('a', '新包'), article('b', '新包')], NOW)).toMatchObject({
      unchanged: ['a', 'b'],
    })
    await loadStarter(database, [], NOW)
    expect((await exportRecords(database)).map(({ title }) => title)).toEqual(['来自网页'])
  })

  it('is loaded once by two processes that start together', async () => {
    const databases = [await store.open(), await store.open()] as const
    const pack = Array.from({ length: 30 }, (_, n) => article(`r${n}`))
    await Promise.all(databases.map((database) => loadStarter(database, pack, NOW)))
    expect(await readChanges(anApp(databases[0]).ask)).toHaveLength(30)
  })
})
