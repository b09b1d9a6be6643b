import fc from 'fast-check'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Span } from '#domain/body.ts'
import { RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'
import { type ContentRecord, ContentRecordSchema } from '#domain/record/record.ts'
import { readStarter } from '#ingest/starter.ts'

const CONTENT = fileURLToPath(new URL('../../content', import.meta.url))

/** Writes records as `content export` does, and reads the folder back. */
async function roundTrip(records: readonly ContentRecord[]): Promise<ContentRecord[]> {
  const folder = await mkdtemp(join(tmpdir(), 'luodi-export-'))
  try {
    for (const record of records) {
      await mkdir(join(folder, record.kind), { recursive: true })
      await writeFile(join(folder, record.kind, `${record.id}.json`), JSON.stringify(record, null, 2))
    }
    return await readStarter(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const byId = (records: readonly ContentRecord[]) => records.toSorted((a, b) => (a.id < b.id ? -1 : 1))

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((value) => value.trim() !== '')
const amount = fc.double({ min: 0.01, max: 1e9, noNaN: true })
const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
const day = instant.map((date) => date.toISOString().slice(0, 10))
const link = fc.constantFrom('https://example.com/甲?乙=1', '/parks', '#a', 'mailto:a@example.com')
const sometimes = { requiredKeys: [] }

const span: fc.Arbitrary<Span> = fc.record(
  { text: fc.string({ unit: 'grapheme' }), marks: fc.subarray(['strong' as const, 'emphasis' as const]), href: link },
  { requiredKeys: ['text'] },
)
const spans = fc.array(span, { maxLength: 3 })
const image = fc.record(
  {
    src: fc.constantFrom('/media/none.svg', 'https://example.com/a.png'),
    alt: fc.string(),
    caption: fc.string(),
    width: fc.integer({ min: 1 }),
  },
  { requiredKeys: ['src', 'alt'] },
)
const row = fc.array(spans, { maxLength: 2 })
const block = fc.oneof(
  fc.record({ type: fc.constant('heading'), level: fc.constantFrom(2, 3, 4), text: spans }),
  fc.record({ type: fc.constantFrom('paragraph', 'quote'), text: spans }),
  fc.record({ type: fc.constant('list'), ordered: fc.boolean(), items: fc.array(spans, { maxLength: 3 }) }),
  fc.record({ type: fc.constant('table'), header: row, rows: fc.array(row) }),
  fc.record({ type: fc.constant('image'), image }),
)

const applicability = fc.record({ scale: text })
const steps = fc.array(fc.record({ title: text, office: text, materials: fc.array(text) }))
const landClass = fc.constantFrom('104', '195')
const own: Record<RecordKind, fc.Arbitrary<object>> = {
  article: fc.record({ column: text, author: text }, sometimes),
  project: fc.record({ investor: text, totalInvestment: amount, stage: fc.constantFrom('意向', '暂缓') }, sometimes),
  policy: fc
    .record({ validTo: day, supportMax: amount, steps: fc.array(text), applicability }, sometimes)
    .map((fields) => ({ docType: '表彰', ...fields })),
  park: fc.record({ areaKm2: amount, transport: fc.array(text), contact: fc.record({ name: text }) }, sometimes),
  listing: fc
    .record({ floorHeights: fc.array(amount), registrable: fc.boolean(), landClass }, sometimes)
    .map((fields) => ({ type: 'factory', status: '可租', ...fields })),
  guide: fc.record({ verifiedAt: day, track: fc.constant('公司注册'), steps }),
}

const required = {
  id: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}[a-z0-9]$/),
  title: text,
  summary: fc.string({ unit: 'grapheme' }),
  region: fc.record({ code: fc.constantFrom('310114', '310114103', '370102'), name: text }),
  tags: fc.array(text, { maxLength: 3 }),
  publishedAt: day,
  updatedAt: instant.map((date) => date.toISOString()),
  source: fc.record({ name: text, retrievedAt: day }),
  sample: fc.boolean(),
  images: fc.array(image, { maxLength: 2 }),
  attachments: fc.array(fc.record({ title: text, url: link }), { maxLength: 2 }),
}
const common = fc.oneof(fc.record(required), fc.record({ ...required, body: fc.array(block, { maxLength: 4 }) }))

const anyRecord = fc
  .constantFrom(...RECORD_KINDS)
  .chain((kind) => fc.tuple(common, own[kind], fc.constant(kind)))
  .map(([fields, ofKind, kind]) => v.parse(ContentRecordSchema, { ...fields, ...ofKind, kind }))

describe('a folder of exported records', () => {
  it('reads back equal, whatever the records hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyRecord, { selector: ({ id }) => id, maxLength: 5 }), async (records) => {
        expect(byId(await roundTrip(records))).toEqual(byId(records))
      }),
      { numRuns: 60 },
    )
  })

  it('reads back equal for the starter content, without its pictures', async () => {
    const records = await readStarter(CONTENT)
    expect(byId(await roundTrip(records))).toEqual(byId(records))
  })
})
