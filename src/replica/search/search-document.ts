import * as v from 'valibot'
import { bodyText } from '#domain/body-text.ts'
import { factTexts } from '#domain/record/fact-texts.ts'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import { normal, type SearchDocument } from './document.ts'

const Spans = v.array(v.object({ text: v.string() }))
/** Only what is text: with all that a page asks of a body, the worker would weigh 7 % more. */
const TextBlock = v.object({
  text: v.optional(Spans),
  items: v.optional(v.array(Spans)),
  caption: v.optional(v.string()),
  header: v.optional(v.array(Spans)),
  rows: v.optional(v.array(v.array(Spans))),
  image: v.optional(v.object({ alt: v.string(), caption: v.optional(v.string()) })),
})

/** What a search needs of a record; whether the app can read all of it shows when it is opened. */
const SearchedRecord = v.looseObject({
  id: v.string(),
  kind: v.picklist(RECORD_KINDS),
  title: v.string(),
  tags: v.array(v.string()),
  region: v.object({ code: v.string(), name: v.string() }),
  publishedAt: v.string(),
  body: v.optional(v.array(TextBlock)),
})

/**
 * A record as the search takes it.
 * @param digest changes whenever the record may have
 * @returns undefined for a record that this app cannot read
 */
export function searchDocument(record: unknown, digest: string): SearchDocument | undefined {
  const parsed = v.safeParse(SearchedRecord, record)
  if (!parsed.success) return undefined
  const { id, kind, title, tags, region, publishedAt, body = [] } = parsed.output
  // In this order, so that a snippet is of the body, if the body holds what was found.
  const text = [bodyText(body), ...factTexts(parsed.output)].join('\n')
  return { id, kind, digest, title: normal(title), tags: tags.join('\n'), text, region, publishedAt }
}
