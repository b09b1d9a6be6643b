import { expect, test } from 'vitest'
import { contentSource } from '#replica/search/content-source.ts'
import type { SourceBatch } from '#replica/search/follow.ts'
import { setUp } from '../phone.ts'
import { article } from '../records.ts'

const NOTHING_KNOWN = () => false

/** A phone with lists of so many records in blocks, of which one has changed since, one was withdrawn and one came. */
async function followed(count: number) {
  const phone = setUp()
  for (let n = 0; n < count; n++) phone.feed.put(article(`a${n}`, `第${n}篇`))
  phone.feed.takeList()
  const replica = phone.open()
  await replica.sync()
  phone.feed.put(article('a3', '改过'))
  phone.feed.withdraw('a4')
  phone.feed.put(article('b1', '新的'))
  await replica.sync()
  await replica.fill()
  return { ...phone, replica, source: contentSource(phone.databaseName) }
}

async function all(batches: AsyncIterable<SourceBatch>): Promise<SourceBatch[]> {
  const told: SourceBatch[] = []
  for await (const batch of batches) told.push(batch)
  return told
}

test('every record is told once, as it is now, whichever block it stands in', async () => {
  const { source } = await followed(430)
  const told = await all(source.documents(NOTHING_KNOWN))
  const ids = told.flatMap((batch) => batch.ids)
  const expected = Array.from({ length: 430 }, (_, n) => `a${n}`).filter((id) => id !== 'a4')
  expect([...ids].sort()).toEqual([...expected, 'b1'].sort())
  const titles = new Map(told.flatMap(({ changed }) => changed).map(({ id, title }) => [id, title]))
  expect(titles.size).toBe(430)
  expect([titles.get('a2'), titles.get('a3'), titles.get('a429'), titles.get('b1')]).toEqual([
    '第2篇',
    '改过',
    '第429篇',
    '新的',
  ])
})

test('of what is known ids alone are told', async () => {
  const { source } = await followed(230)
  const told = await all(source.documents((id) => id !== 'a229'))
  expect(told.flatMap((batch) => batch.ids)).toHaveLength(230)
  expect(told.flatMap(({ changed }) => changed).map(({ id }) => id)).toEqual(['a229'])
})

test('of a copy that is replaced while it is told nothing more is told', async () => {
  const { source, feed, replica } = await followed(430)
  const batches = source.documents(NOTHING_KNOWN)[Symbol.asyncIterator]()
  await batches.next()
  feed.newEpoch('e2')
  await replica.sync()
  expect((await batches.next()).done).toBe(true)
})
