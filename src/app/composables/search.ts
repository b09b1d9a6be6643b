import { bodyText } from '#domain/body-text.ts'
import { RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'
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
 * @param kind of which kind; undefined means any
 */
export function useSearch(query: () => string, kind: () => RecordKind | undefined) {
  const question = () => JSON.stringify([query(), kind()])
  const asked = question()
  const of = (chosen: RecordKind | undefined) => (chosen === undefined ? RECORD_KINDS : [chosen])
  const brought = useAnswers().answer(`search?${asked}`, (catalogue) => {
    const items = of(kind()).flatMap((one) => [...catalogue.list(one)] as ListItem[])
    const found = find(items.map(itemEntry), query())
    return { items: found.slice(0, MOST_BROUGHT), total: found.length }
  })
  const lists = RECORD_KINDS.map((kind) => useRecordList(() => kind))
  const entries = computed(() => lists.flatMap(({ records }) => (records.value as ContentRecord[]).map(recordEntry)))

  const hits = computed(() => {
    if (entries.value.length === 0 && brought !== undefined && question() === asked) return brought.value
    const chosen = kind()
    const items = find(entries.value, query()).filter((item) => chosen === undefined || item.kind === chosen)
    return { items, total: items.length }
  })
  const presence = computed<Presence>(() =>
    entries.value.length > 0 || (brought !== undefined && question() === asked)
      ? 'found'
      : (lists[0]?.presence.value ?? 'waiting'),
  )
  return { hits, presence }
}
