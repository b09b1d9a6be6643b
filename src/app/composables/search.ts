import { bodyText } from '#domain/body-text.ts'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import { type ListItem, listItemOf } from '#domain/record/list-item.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { computed } from 'vue'
import { useAnswers } from '../answers.ts'
import { type Presence, useRecordList } from './record.ts'

/** Case and width do not matter in a search. */
const fold = (text: string) => text.normalize('NFKC').toLowerCase()

interface Entry {
  item: ListItem
  title: string
  text: string
}

/** Every piece of text in a record, wherever it stands: addresses, document numbers, steps. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/** The server searches the same items again and again: each is folded once. */
const folded = new WeakMap<ListItem, Entry>()

function itemEntry(item: ListItem): Entry {
  const known = folded.get(item) ?? entryOf(item)
  folded.set(item, known)
  return known
}

function entryOf(item: ListItem, body = ''): Entry {
  const { id, kind, updatedAt, files, ...facts } = item
  return { item, title: fold(item.title), text: fold([...textsOf(facts), body].join('\n')) }
}

const recordEntry = (record: ContentRecord) => entryOf(listItemOf(record), bodyText(record.body ?? []))

/** Every word must stand in the title or the text. Hits in the title come first, then newer ones. */
function find(entries: readonly Entry[], query: string): ListItem[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const inTitle = (entry: Entry) => words.every((word) => entry.title.includes(word))
  return entries
    .filter((entry) => words.every((word) => entry.title.includes(word) || entry.text.includes(word)))
    .sort((a, b) => Number(inTitle(b)) - Number(inTitle(a)) || b.item.publishedAt.localeCompare(a.item.publishedAt))
    .map((entry) => entry.item)
}

/** Most hits that the server sends along: without JavaScript nobody reads further, and with it the phone finds them all. */
const MOST_BROUGHT = 50

/**
 * Finds records on the phone; a plain scan: exact, and quick enough for some thousand records. Until the phone can, and without
 * JavaScript, the server's hits are shown, which does not look into bodies.
 * @param query what the person typed; words parted by blanks
 */
export function useSearch(query: () => string) {
  const asked = query()
  const brought = useAnswers().answer(`search?${asked}`, (catalogue) => {
    const entries = RECORD_KINDS.flatMap((kind) => catalogue.list(kind).map((item) => itemEntry(item as ListItem)))
    return find(entries, asked).slice(0, MOST_BROUGHT)
  })
  const lists = RECORD_KINDS.map((kind) => useRecordList(() => kind))
  const entries = computed(() => lists.flatMap(({ records }) => (records.value as ContentRecord[]).map(recordEntry)))

  const hits = computed(() =>
    entries.value.length === 0 && query() === asked ? (brought?.value ?? []) : find(entries.value, query()),
  )
  const presence = computed<Presence>(() =>
    entries.value.length > 0 || (brought !== undefined && query() === asked)
      ? 'found'
      : (lists[0]?.presence.value ?? 'waiting'),
  )
  return { hits, presence }
}
