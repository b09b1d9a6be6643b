import fc from 'fast-check'
import { expect, it } from 'vitest'
import { publishRecords, withdrawRecords } from '#server/feed/review.ts'
import { exportRecords, storePage } from '#server/feed/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { anApp } from './an-app.ts'
import { readChanges, readHead, readSnapshot, replay } from './feed-reader.ts'
import { article, doubtfulPage, NOW, page } from './samples.ts'

const IDS = ['a', 'b', 'c', 'd']
const step = fc.oneof(
  fc.record({ do: fc.constant('import' as const), ids: fc.subarray(IDS), title: fc.constantFrom('一', '二') }),
  fc.record({ do: fc.constant('doubt' as const), id: fc.constantFrom(...IDS), title: fc.constantFrom('一', '二') }),
  fc.record({ do: fc.constantFrom('publish' as const, 'withdraw' as const), ids: fc.subarray(IDS) }),
)

onEachDatabase('the history of published changes', (store) => {
  it('has no gap, and its order is the order of commits, with 16 writers on 4 connections and a reader at work', async () => {
    const databases = await Promise.all([store.open(), store.open(), store.open(), store.open()])
    const [first] = databases
    if (first === undefined) throw new Error('no database')
    const { ask } = anApp(first)
    const seen: number[] = []
    let writing = true
    const reader = (async () => {
      while (writing) {
        const { head } = await readHead(ask)
        const changes = await readChanges(ask)
        expect(changes.length).toBeGreaterThanOrEqual(head)
        expect(changes.map(({ v }) => v)).toEqual(changes.map((_, index) => index + 1))
        seen.push(head)
      }
    })()
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        const database = databases[writer % databases.length] ?? first
        for (let round = 0; round < 8; round++) {
          const records = [`w${writer}-${round}-x`, `w${writer}-${round}-y`, 'shared'].map((id) =>
            article(id, `${writer}/${round}`),
          )
          await storePage(database, page(records), NOW)
        }
      }),
    )
    writing = false
    await reader
    const changes = await readChanges(ask)
    expect(changes.map(({ v }) => v)).toEqual(changes.map((_, index) => index + 1))
    expect(new Set(changes.map(({ id }) => id)).size).toBe(16 * 8 * 2 + 1)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect([...replay(changes).keys()].sort()).toEqual((await exportRecords(first)).map(({ id }) => id))
  })

  it('leads a phone to what is published, whatever was imported, doubted, published and withdrawn', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.uuid(), async (steps, run) => {
        const database = await store.open()
        const own = (id: string) => `${run}-${id}`
        for (const one of steps) {
          if (one.do === 'import')
            await storePage(database, page(one.ids.map((id) => article(own(id), one.title))), NOW)
          else if (one.do === 'doubt') await storePage(database, doubtfulPage(article(own(one.id), one.title)), NOW)
          else if (one.do === 'publish') await publishRecords(database, one.ids.map(own), NOW)
          else await withdrawRecords(database, one.ids.map(own), NOW)
        }
        const { ask } = anApp(database)
        const changes = await readChanges(ask)
        const published = new Map((await exportRecords(database)).map(({ id, title }) => [id, title]))
        expect(replay(changes)).toEqual(published)
        // No change repeats what phones have already.
        for (const id of IDS.map(own)) {
          const own = changes
            .filter((change) => change.id === id)
            .map((change) => (change.op === 'put' ? change.record : change.op))
          own.forEach((content, index) => expect(content).not.toEqual(own[index - 1]))
        }
        await database.close()
      }),
      { numRuns: 25 },
    )
  })

  it('gives a new phone the same by snapshot and by the changes after it', async () => {
    const database = await store.open()
    const { ask } = anApp(database)
    await storePage(database, page(Array.from({ length: 60 }, (_, n) => article(`r${n}`))), NOW)
    await withdrawRecords(database, ['r1', 'r2'], NOW)
    expect(await readSnapshot(ask)).toEqual(replay(await readChanges(ask)))
    await storePage(database, page([article('r3', '改过')]), NOW)
    const { head, snapshot } = await readHead(ask)
    expect([head, snapshot.version]).toEqual([63, 62])
  })
})
