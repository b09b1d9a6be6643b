import { expect, it } from 'vitest'
import { openReplica } from '#replica/replica.ts'
import { copyDigest } from '#server/feed/copy-digest.ts'
import { startEpoch } from '#server/feed/epoch.ts'
import { withdrawRecords } from '#server/feed/review.ts'
import { storePage } from '#server/feed/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { anApp } from './an-app.ts'
import { article, NOW, page } from './samples.ts'

onEachDatabase('the digest of a copy', (store) => {
  it("is the server's own, after changes, withdrawals and a new epoch", async () => {
    const database = await store.open()
    const { ask } = anApp(database)
    const replica = openReplica({ fetch: async (url) => ask(url), now: () => NOW })
    expect(await replica.copyDigest()).toBeUndefined()
    const seen = new Set<string>()
    const compare = async () => {
      expect(await replica.sync()).toBe('updated')
      const copy = await replica.copyDigest()
      expect(copy).toEqual(await copyDigest(database))
      seen.add(copy?.digest ?? '')
    }
    await storePage(database, page(Array.from({ length: 130 }, (_, n) => article(`r${n}`))), NOW)
    await compare()
    await storePage(database, page([article('r1', '改过')]), NOW)
    await compare()
    await withdrawRecords(database, ['r2'], NOW)
    await compare()
    await startEpoch(database, NOW)
    expect(await replica.sync()).toBe('updated')
    expect(await replica.copyDigest()).toEqual(await copyDigest(database))
    expect(seen.size).toBe(3)
  })
})
