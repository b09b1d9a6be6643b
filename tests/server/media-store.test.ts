import { expect, it } from 'vitest'
import { findMedia, storedSizes, storeMedia } from '#server/media/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { NOW } from './samples.ts'

const file = (name: string, bytes = Buffer.from([0, 1, 127, 128, 255])) => ({ name, type: 'image/png', bytes, at: NOW })

onEachDatabase('a file made from the content', (store) => {
  it('is answered by every process with the bytes that one of them made', async () => {
    const [one, other] = [await store.open(), await store.open()]
    await storeMedia(one.db, file('a.png'))
    const found = await findMedia(other.db, 'a.png')
    expect([found?.type, found?.bytes.equals(file('a.png').bytes)]).toEqual(['image/png', true])
    expect(await findMedia(other.db, 'b.png')).toBeUndefined()
  })

  it('stays as it was stored first when several make it at the same time', async () => {
    const databases = await Promise.all([1, 2, 3].map(() => store.open()))
    await storeMedia(databases[0]!.db, file('a.png'))
    await Promise.all(databases.map(({ db }) => storeMedia(db, file('a.png', Buffer.from('later')))))
    expect((await findMedia(databases[1]!.db, 'a.png'))?.bytes.equals(file('a.png').bytes)).toBe(true)
  })

  it('is known by its name, with its size, however many are asked about', async () => {
    const { db } = await store.open()
    await storeMedia(db, file('a.png'))
    await storeMedia(db, file('b.png', Buffer.from('other'.repeat(9))))
    const many = Array.from({ length: 1200 }, (_, n) => `none-${n}.png`)
    expect(await storedSizes(db, ['a.png', ...many, 'b.png'])).toEqual(
      new Map([
        ['a.png', 5],
        ['b.png', 45],
      ]),
    )
  })
})
