import { Hono } from 'hono'
import { Writable } from 'node:stream'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import type { Article } from '#domain/record/article.ts'
import type { Database } from '#server/db/database.ts'
import { startEpoch } from '#server/feed/epoch.ts'
import { withdrawRecords } from '#server/feed/review.ts'
import { storePage } from '#server/feed/store.ts'
import { mediaFiles } from '#server/http/media.ts'
import { createStatic } from '#server/http/static.ts'
import { createLog } from '#server/log.ts'
import { catchUp } from '#server/media/keep-share-pictures.ts'
import { openPainter } from '#server/media/painter.ts'
import { sharePicturePath } from '#server/media/share-picture.ts'
import { sharePictures } from '#server/media/share-pictures.ts'
import { findMedia, storeMedia } from '#server/media/store.ts'
import { dropUnused } from '#server/media/unused.ts'
import { onEachDatabase } from '../support/databases.ts'
import { anApp } from './an-app.ts'
import { article, doubtfulPage, NOW, page } from './samples.ts'

const DAY_MS = 86_400_000
const painter = openPainter()
afterAll(() => painter.close())

const nameOf = (record: Article) => sharePicturePath(record).slice('/media/'.length)
const names = async ({ db }: Database) =>
  (await db.selectFrom('media').select('name').execute()).map(({ name }) => name).sort()

/** One process of the server: its pictures, and the titles that it drew. */
function aProcess(database: Database) {
  const drawn: string[] = []
  const noting: typeof painter = {
    ...painter,
    draw: (text) => {
      drawn.push(text.title)
      return painter.draw(text)
    },
  }
  const pictures = sharePictures(database, noting, () => NOW)
  const log = createLog('silent', new Writable())
  return { database, pictures, log, drawn }
}
const going = () => new AbortController().signal

onEachDatabase('the share picture of a published record', (store) => {
  it('is drawn when it is asked for first, once, and answered by every process from then on', async () => {
    const [one, other] = [aProcess(await store.open()), aProcess(await store.open())]
    await storePage(one.database, page([article('a')]), NOW)
    const answer = createStatic({
      assets: new Map(),
      media: mediaFiles('nowhere', one.pictures.find),
      page: (c) => c.notFound(),
    })
    const { ask } = anApp(one.database, { site: () => new Hono().get('*', (c) => answer(c)) })
    const answers = await Promise.all([1, 2, 3].map(async () => ask(sharePicturePath(article('a')))))
    const [first, ...more] = await Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer())))
    expect(answers.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual(
      Array(3).fill([200, 'image/png']),
    )
    expect(await sharp(first).metadata()).toMatchObject({ width: 1200, height: 630 })
    for (const again of [...more, (await other.pictures.find(nameOf(article('a'))))!.bytes]) {
      expect(again.equals(first!)).toBe(true)
    }
    expect([one.drawn, other.drawn]).toEqual([['标题 a'], []])
  })

  it('is not drawn for another text, for what nobody may see, or for any other name', async () => {
    const { database, pictures, drawn } = aProcess(await store.open())
    await storePage(database, page([article('a')]), NOW)
    await storePage(database, page([article('gone')]), NOW)
    await storePage(database, doubtfulPage(article('held')), NOW)
    await withdrawRecords(database, ['gone'], NOW)
    const other = [article('a', '别的'), article('gone'), article('held'), article('never')].map(nameOf)
    for (const name of [...other, 'share/a.png', 'share/a-0123456789abcdef.jpg', nameOf(article('a')).slice(6)]) {
      expect(await pictures.find(name), name).toBeUndefined()
    }
    expect(drawn).toEqual([])
  })

  it('is drawn ahead, the newest first, whoever published it, and not again', async () => {
    const [one, other] = [aProcess(await store.open()), aProcess(await store.open())]
    await storePage(one.database, page([article('a')]), NOW)
    await storePage(one.database, page([article('b')]), NOW + 1)
    const place = await catchUp(one, going())
    expect(one.drawn).toEqual(['标题 b', '标题 a'])

    await storePage(other.database, page([article('a', '改过')]), NOW + 2)
    await storePage(other.database, page([article('c')]), NOW + 3)
    const next = await catchUp(one, going(), place)
    expect([one.drawn.slice(2), next.head]).toEqual([['标题 c', '改过'], 4])
    expect(await catchUp(other, going())).toEqual(next)
    expect(other.drawn).toEqual([])
    const all = [article('a'), article('a', '改过'), article('b'), article('c')]
    expect(await names(one.database)).toEqual(all.map(nameOf).sort())
  })

  it('is looked for everywhere after a new epoch, and not begun once the server stops', async () => {
    const one = aProcess(await store.open())
    await storePage(one.database, page([article('a')]), NOW)
    const place = await catchUp(one, going())
    await one.database.db.deleteFrom('media').execute()
    await startEpoch(one.database, NOW)
    await catchUp(one, AbortSignal.abort(), place)
    expect(one.drawn).toHaveLength(1)
    await catchUp(one, going(), place)
    expect(one.drawn).toHaveLength(2)
  })
})

onEachDatabase('a made file', (store) => {
  const variant = (digit: string) => `yard-${digit.repeat(16)}.w720.webp`
  const showing = (id: string, digit: string): Article => ({
    ...article(id),
    images: [
      {
        src: '/media/yard.jpg',
        alt: '',
        variants: [{ src: `/media/${variant(digit)}`, width: 720, type: 'image/webp' }],
      },
    ],
  })
  const put = ({ db }: Database, name: string) =>
    storeMedia(db, { name, type: 'image/webp', bytes: Buffer.from(name), at: NOW })

  it('goes thirty days after the last version that showed it, and not before', async () => {
    const database = await store.open()
    for (const name of [variant('1'), variant('2'), variant('9'), nameOf(article('a', '旧题'))])
      await put(database, name)
    await storePage(database, page([{ ...showing('a', '1'), title: '旧题' }, article('b')]), NOW)
    await storePage(database, page([showing('a', '2')]), NOW + 40 * DAY_MS)
    const all = await names(database)

    expect(await dropUnused(database, NOW + 29 * DAY_MS)).toBe(0)
    expect(await dropUnused(database, NOW + 41 * DAY_MS)).toBe(1)
    expect(await names(database)).toEqual(all.filter((name) => name !== variant('9')))
    expect(await dropUnused(database, NOW + 71 * DAY_MS)).toBe(2)
    expect(await names(database)).toEqual([variant('2')])
  })

  it('stays while a version that waits shows it, or one that was withdrawn and may come back', async () => {
    const database = await store.open()
    for (const digit of '123') await put(database, variant(digit))
    await storePage(database, page([article('a'), showing('b', '2')]), NOW)
    await storePage(database, doubtfulPage(showing('a', '1')), NOW)
    await withdrawRecords(database, ['b'], NOW)
    await dropUnused(database, NOW + 31 * DAY_MS)
    expect(await names(database)).toEqual([variant('1'), variant('2')])
  })

  it('goes at once with a new epoch when no published record shows it', async () => {
    const database = await store.open()
    for (const name of [variant('1'), variant('2'), ...['a', 'b'].map((id) => nameOf(article(id)))])
      await put(database, name)
    await storePage(database, page([showing('a', '1'), showing('b', '2')]), NOW)
    await withdrawRecords(database, ['b'], NOW)
    await startEpoch(database, NOW)
    expect(await names(database)).toEqual([nameOf(article('a')), variant('1')].sort())
  })
})

describe('a drawing that ends in another epoch', () => {
  onEachDatabase('on each database', (store) => {
    it('is not stored: it may be of what was withdrawn for good', async () => {
      const database = await store.open()
      await storePage(database, page([article('a')]), NOW)
      const interrupted: typeof painter = {
        ...painter,
        draw: async (text) => {
          await withdrawRecords(database, ['a'], NOW)
          await startEpoch(database, NOW)
          return painter.draw(text)
        },
      }
      await sharePictures(database, interrupted, () => NOW).find(nameOf(article('a')))
      expect(await findMedia(database.db, nameOf(article('a')))).toBeUndefined()
    })
  })
})
