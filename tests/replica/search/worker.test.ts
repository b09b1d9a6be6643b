import { Dexie } from 'dexie'
import { expect, test } from 'vitest'
import { openSearch, SearchFailure } from '#replica/search/search-client.ts'
import type { IndexProgress } from '#replica/search/messages.ts'
import { dropSearchDatabase } from '#replica/search/connection.ts'
import { setUp, textsOn } from '../phone.ts'
import { article } from '../records.ts'
import { dropDatabase } from '../idb-faults.ts'

/** A search whose progress can be waited for. */
function search(content: string, database: string) {
  const listeners = new Set<(progress: IndexProgress) => void>()
  const phone = openSearch({
    content,
    database,
    progress: (progress) => listeners.forEach((listen) => listen(progress)),
  })
  const ready = () =>
    new Promise<void>((resolve) => {
      const listen = ({ state }: IndexProgress) => {
        if (state !== 'ready') return
        listeners.delete(listen)
        resolve()
      }
      listeners.add(listen)
    })
  const find = async (text: string) => {
    const answer = await phone.search({ text }, 20)
    return answer && [answer.total, ...answer.hits.map(({ id }) => id)]
  }
  return { ...phone, ready, find }
}

/** As a disk does that loses what was said to be written. */
function loseStore(database: string, store: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database)
    request.onerror = () => reject(request.error ?? new Error('could not open the database'))
    request.onsuccess = () => {
      const transaction = request.result.transaction(store, 'readwrite')
      transaction.objectStore(store).clear()
      transaction.oncomplete = () => {
        request.result.close()
        resolve()
      }
    }
  })
}

const body = (text: string) => ({
  body: [{ type: 'paragraph', text: [{ text: '新能源' }, { text, marks: ['strong'] }] }],
})

test('the worker follows the copy: filled, changed, withdrawn, replaced, dropped', async () => {
  const { feed, databaseName, open } = setUp()
  feed.put({ ...article('a1', '嘉定产业'), ...body('汽车') })
  feed.put(article('a2', '其他'))
  const replica = open()
  await replica.sync()
  const phone = search(databaseName, `${databaseName}-search`)
  await phone.ready()
  expect(await phone.find('能源汽车')).toEqual([1, 'a1'])
  expect(await phone.find('jd')).toEqual([1, 'a1'])

  const follow = async () => {
    await replica.sync()
    const done = phone.ready()
    phone.changed()
    await done
  }
  feed.put({ ...article('a2', '也是汽车'), publishedAt: '2025-08-01' })
  await follow()
  expect(await phone.find('汽车')).toEqual([2, 'a2', 'a1'])
  feed.withdraw('a2')
  await follow()
  expect(await phone.find('汽车')).toEqual([1, 'a1'])
  feed.newEpoch('e2')
  feed.put(article('a3', '新的汽车'))
  await follow()
  expect((await phone.find('汽车'))?.slice(1)).toContain('a3')

  await replica.clear()
  const emptied = phone.ready()
  phone.changed()
  await emptied
  await expect(phone.find('汽车')).rejects.toBeInstanceOf(SearchFailure)
  phone.close()
})

test('titles are found before their texts have come, texts once they have, and no more when they have gone', async () => {
  const { feed, databaseName, open } = setUp()
  feed.put({ ...article('a1', '嘉定产业'), ...body('汽车') })
  feed.takeList()
  const replica = open()
  replica.keep(new Set())
  replica.wish({ depth: 'texts', pause: 'auto' })
  await replica.sync()
  const phone = search(databaseName, `${databaseName}-search`)
  const follow = async () => {
    const done = phone.ready()
    phone.changed()
    await done
  }
  await phone.ready()
  expect([await phone.find('嘉定'), await phone.find('能源汽车')]).toEqual([[1, 'a1'], [0]])
  await replica.fill()
  await follow()
  expect([await phone.find('嘉定'), await phone.find('能源汽车')]).toEqual([
    [1, 'a1'],
    [1, 'a1'],
  ])
  replica.wish({ depth: 'titles', pause: 'auto' })
  await replica.fill()
  await follow()
  expect([await phone.find('嘉定'), await phone.find('能源汽车')]).toEqual([[1, 'a1'], [0]])
  phone.close()
})

test('before there is an index, and after it was dropped, the texts themselves are looked through', async () => {
  const { feed, databaseName, open } = setUp()
  for (let n = 0; n < 300; n++) feed.put({ ...article(`a${n}`, `第${n}篇`), ...body(n === 250 ? '公交' : '汽车') })
  await open().sync()
  const database = `${databaseName}-search`
  const phone = search(databaseName, database)
  const ready = phone.ready()
  expect(await phone.find('源公交')).toEqual([1, 'a250'])
  await ready
  await dropSearchDatabase(database)
  expect(await phone.find('源公交')).toEqual([1, 'a250'])
  const again = phone.ready()
  phone.changed()
  await again
  expect(await phone.find('源公交')).toEqual([1, 'a250'])
  phone.close()
})

test('only the last of several questions is answered, and two tabs share one index', async () => {
  const { feed, databaseName, open } = setUp()
  for (let n = 0; n < 50; n++) feed.put(article(`a${n}`, `汽车第${n}篇`))
  await open().sync()
  const phones = [1, 2].map(() => search(databaseName, `${databaseName}-search`))
  await Promise.all(phones.map((phone) => phone.ready()))
  for (const phone of phones) {
    const answers = await Promise.all(['汽', '汽车', '汽车第7'].map((text) => phone.find(text)))
    expect(answers).toEqual([undefined, undefined, [1, 'a7']])
    phone.close()
  }
})

test('an index of which a part is missing is made anew, and no answer is wrong meanwhile', async () => {
  const { feed, databaseName, open } = setUp()
  for (let n = 0; n < 50; n++) feed.put(article(`a${n}`, `汽车第${n}篇`))
  await open().sync()
  const database = `${databaseName}-search`
  const phone = search(databaseName, database)
  await phone.ready()
  await loseStore(database, 'segments')
  const other = search(databaseName, database)
  const ready = other.ready()
  expect(await other.find('汽车第7')).toEqual([1, 'a7'])
  await ready
  expect(await other.find('汽车第7')).toEqual([1, 'a7'])
  phone.close()
  other.close()
})

test('where there is no copy a search says so, and makes no database of that name', async () => {
  const phone = search('no-such-copy', 'no-such-search')
  await expect(phone.find('汽车')).rejects.toBeInstanceOf(SearchFailure)
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('no-such-copy')
  phone.close()
  await dropDatabase('no-such-search')
})

test('texts that an earlier release bound as text are found as well', async () => {
  const { feed, databaseName, open } = setUp()
  feed.put({ ...article('a1', '嘉定产业'), ...body('汽车') })
  feed.put({ ...article('a2', '其他'), ...body('汽车配件') })
  const replica = open()
  await replica.sync()
  await replica.fill()
  const texts = await textsOn(databaseName)
  expect(texts).toHaveLength(2)
  const database = await new Dexie(databaseName).open()
  await database.table('texts').put({ n: 1, texts })
  database.close()
  const phone = search(databaseName, `${databaseName}-search`)
  await phone.ready()
  expect(await phone.find('能源汽车')).toEqual([2, 'a1', 'a2'])
  phone.close()
})
