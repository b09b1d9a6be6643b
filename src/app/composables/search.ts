import { bodyText } from '#domain/body-text.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { computed } from 'vue'
import { type Presence, useRecordList } from './record.ts'

/** Case and width do not matter in a search. */
const fold = (text: string) => text.normalize('NFKC').toLowerCase()

interface Entry {
  record: ContentRecord
  title: string
  text: string
}

/** Every piece of text in a record, wherever it stands: addresses, document numbers, steps. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

function entryOf(record: ContentRecord): Entry {
  const { id, kind, source, images, attachments, updatedAt, body, ...facts } = record
  return { record, title: fold(record.title), text: fold([...textsOf(facts), bodyText(body ?? [])].join('\n')) }
}

/**
 * Finds records on the phone: every word must stand in the title or the text. Hits in the title come first, then newer ones.
 * A plain scan: exact, and quick enough for some thousand records.
 * @param query what the person typed; words parted by blanks
 */
export function useSearch(query: () => string) {
  const article = useRecordList(() => 'article')
  const others = (['project', 'policy', 'park', 'listing', 'guide'] as const).map((kind) => useRecordList(() => kind))
  const lists = [article, ...others]
  const entries = computed(() => lists.flatMap(({ records }) => (records.value as ContentRecord[]).map(entryOf)))

  const hits = computed(() => {
    const words = fold(query()).split(/\s+/).filter(Boolean)
    if (words.length === 0) return []
    const inTitle = (entry: Entry) => words.every((word) => entry.title.includes(word))
    return entries.value
      .filter((entry) => words.every((word) => entry.title.includes(word) || entry.text.includes(word)))
      .sort(
        (a, b) => Number(inTitle(b)) - Number(inTitle(a)) || b.record.publishedAt.localeCompare(a.record.publishedAt),
      )
      .map((entry) => entry.record)
  })
  const presence = computed<Presence>(() => (entries.value.length > 0 ? 'found' : article.presence.value))
  return { hits, presence }
}
