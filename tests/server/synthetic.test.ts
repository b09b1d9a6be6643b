import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { bodyText } from '#domain/body-text.ts'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import { type ContentRecord, ContentRecordSchema } from '#domain/record/record.ts'
import { withdrawRecords } from '#server/feed/review.ts'
import { exportRecords, storePage } from '#server/feed/store.ts'
import { storedSizes } from '#server/media/store.ts'
import { dayOfChanges } from '#server/synthetic/day-of-changes.ts'
import { syntheticPictures } from '#server/synthetic/pictures.ts'
import { publishSynthetic } from '#server/synthetic/publish.ts'
import { countReal } from '#server/synthetic/real-content.ts'
import { syntheticRecord, syntheticRecords } from '#server/synthetic/records.ts'
import { onEachDatabase } from '../support/databases.ts'
import { anApp } from './an-app.ts'
import { readChanges, readSnapshot } from './feed-reader.ts'
import { article, NOW, page } from './samples.ts'

const records = [...syntheticRecords({ seed: 1 }, 1000)]
const textOf = ({ body = [] }: ContentRecord) => bodyText(body)

describe('synthetic content', () => {
  it('holds every kind, and every record fits its schema and says that it is invented', () => {
    expect(new Set(records.map(({ kind }) => kind))).toEqual(new Set(RECORD_KINDS))
    for (const record of records) {
      expect(v.parse(ContentRecordSchema, record)).toEqual(record)
      expect([record.sample, record.title.startsWith('示例·')]).toEqual([true, true])
    }
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
  })

  it('has bodies of about 1,500 characters', () => {
    const lengths = records.map((record) => textOf(record).length).sort((a, b) => a - b)
    const mean = lengths.reduce((sum, length) => sum + length) / lengths.length
    expect(Math.abs(mean - 1500)).toBeLessThan(150)
    expect([lengths[0] ?? 0, lengths.at(-1) ?? 0]).toEqual([
      expect.toSatisfy((n) => n > 1000),
      expect.toSatisfy((n) => n < 2200),
    ])
  })

  it('uses words as a language does: few very often, most hardly ever, Latin ones among them', () => {
    const all = records.map(textOf)
    const holding = (word: string) => all.filter((text) => text.includes(word)).length
    expect(holding('企业')).toBeGreaterThan(800)
    for (const word of ['新能源汽车产业', '智能网联汽车', 'AI', '5G', 'IATF16949']) {
      expect([word, holding(word)]).toEqual([word, expect.toSatisfy((n) => n > 20 && n < 990)])
    }
  })

  it('follows from seed, number and day alone', () => {
    expect(syntheticRecord({ seed: 1 }, { n: 700 })).toEqual(records[700])
    expect(syntheticRecord({ seed: 2 }, { n: 700 })).not.toEqual(records[700])
    const later = syntheticRecord({ seed: 1 }, { n: 700, day: 3 })
    expect(later).toEqual(syntheticRecord({ seed: 1 }, { n: 700, day: 3 }))
    expect([later.title, textOf(later) === textOf(records[700] as ContentRecord)]).toEqual([records[700]?.title, false])
  })

  it('changes as many records in a day as it is told, others every day', () => {
    const day = (n: number) => dayOfChanges({ seed: 1, count: 1000, changes: 20, day: n })
    const ids = (n: number) => [...day(n).put.map(({ id }) => id), ...day(n).withdraw]
    expect(day(1)).toEqual(day(1))
    expect([ids(1).length, new Set(ids(1)).size, day(1).withdraw.length]).toEqual([20, 20, 2])
    expect(new Set([...ids(1), ...ids(2)]).size).toBeGreaterThan(35)
    expect(day(1).put[0]).toMatchObject({ id: 'synthetic-1000', publishedAt: '2026-11-01' })
    for (const record of day(1).put) v.parse(ContentRecordSchema, record)
  })
})

onEachDatabase('synthetic content in a database', (store) => {
  it('is published as any other, with pictures that are there, and again changes nothing', async () => {
    const database = await store.open()
    const { ask } = anApp(database)
    const pictures = await syntheticPictures(database, NOW)
    const some = [...syntheticRecords({ seed: 1, pictures }, 120)]
    expect(await publishSynthetic(database, some, NOW)).toEqual({ added: 120, updated: 0, unchanged: 0 })
    expect(await publishSynthetic(database, some, NOW)).toEqual({ added: 0, updated: 0, unchanged: 120 })
    expect(await readChanges(ask)).toHaveLength(120)
    const files = new Set(
      some.flatMap(({ images }) =>
        images.flatMap(({ src, variants = [] }) => [src, ...variants.map((one) => one.src)]),
      ),
    )
    expect(files.size).toBeGreaterThan(20)
    const names = [...files].map((file) => file.slice('/media/'.length))
    expect(new Set((await storedSizes(database.db, names)).keys())).toEqual(new Set(names))

    const { put, withdraw } = dayOfChanges({ seed: 1, pictures, count: 120, changes: 10, day: 1 })
    expect(await publishSynthetic(database, put, NOW)).toEqual({ added: 1, updated: 8, unchanged: 0 })
    await withdrawRecords(database, withdraw, NOW)
    expect((await readSnapshot(ask)).size).toBe(120)
  })

  it('tells real content, and a waiting version of it, from invented content', async () => {
    const database = await store.open()
    const doubted = { ...article('b', '{"sample":true}'), sample: false }
    await storePage(database, page([article('a'), article('b')]), NOW)
    expect(await countReal(database)).toBe(0)
    await storePage(database, page([], { review: [{ record: doubted, reasons: [] }] }), NOW)
    expect([await countReal(database), (await exportRecords(database)).length]).toEqual([1, 2])
  })
})
