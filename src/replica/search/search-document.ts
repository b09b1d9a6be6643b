import * as v from 'valibot'
import { bodyText } from '#domain/body-text.ts'
import { BodySchema } from '#domain/body.ts'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import { normal, type SearchDocument } from './document.ts'

/** What a search needs of a record; whether the app can read all of it shows when it is opened. */
const SearchedRecord = v.looseObject({
  id: v.string(),
  kind: v.picklist(RECORD_KINDS),
  title: v.string(),
  tags: v.array(v.string()),
  region: v.object({ code: v.string(), name: v.string() }),
  publishedAt: v.string(),
  body: v.optional(BodySchema),
})

/** Fields that are no text to be found: names, times and what stands apart. */
const NOT_TEXT = [
  'id',
  'kind',
  'title',
  'tags',
  'updatedAt',
  'source',
  'images',
  'attachments',
  'body',
  'park',
  'supersedes',
]

/** Every piece of text in a value, wherever it stands: addresses, document numbers, steps. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/**
 * A record as the search takes it.
 * @param digest changes whenever the record may have
 * @returns undefined for a record that this app cannot read
 */
export function searchDocument(record: unknown, digest: string): SearchDocument | undefined {
  const parsed = v.safeParse(SearchedRecord, record)
  if (!parsed.success) return undefined
  const { id, kind, title, tags, region, publishedAt, body = [] } = parsed.output
  const facts = Object.entries(parsed.output).filter(([field]) => !NOT_TEXT.includes(field))
  const text = [...facts.flatMap(([, value]) => textsOf(value)), bodyText(body)].join('\n')
  return { id, kind, digest, title: normal(title), tags: tags.join('\n'), text, region, publishedAt }
}
