import { bodyText } from '#domain/body-text.ts'
import { factTexts } from '#domain/record/fact-texts.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import type { Progress } from '#replica/bringing.ts'
import type { Query } from '#replica/search/query.ts'
import { withBlanks } from '#replica/search/separators.ts'
import { computed, type ComputedRef, onMounted, shallowRef, watch } from 'vue'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'
import { useContentState } from './record.ts'

/** Case, width and kinds of brackets do not matter in a search. */
const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[[〔【〖]/g, '(')
    .replace(/[\]〕】〗]/g, ')')

interface Entry {
  item: ListItem
  title: string
  text: string
}

/** The server searches the same items again and again: each is folded once. */
const folded = new WeakMap<ListItem, Entry>()

function itemEntry(item: ListItem): Entry {
  const known = folded.get(item) ?? entryOf(item)
  folded.set(item, known)
  return known
}

/** Nor does a blank between Chinese and a number or a word of Latin script. */
const joined = (text: string) =>
  fold(text.replace(/([\u4e00-\u9fff])[ \u00a0](?=[\da-z])|([\da-z])[ \u00a0](?=[\u4e00-\u9fff])/gi, '$1$2'))

function entryOf(item: ListItem, body = ''): Entry {
  return { item, title: joined(item.title), text: joined([...item.tags, ...factTexts(item), body].join('\n')) }
}

function passes({ kind, region, publishedAt }: ListItem, query: Query): boolean {
  const isInPlace = query.region === undefined || region.code.startsWith(query.region)
  return (query.kind === undefined || query.kind === kind) && isInPlace && publishedAt >= (query.from ?? '')
}

/** Every word must stand in the title or the text. Hits in the title come first, then newer ones. */
function find(entries: readonly Entry[], query: Query): ListItem[] {
  // Punctuation alone is no word.
  const words = fold(withBlanks(query.text))
    .split(/\s+/)
    .filter((word) => /\P{P}/u.test(word))
  if (words.length === 0) return []
  const inTitle = (entry: Entry) => words.every((word) => entry.title.includes(word))
  return entries
    .filter(({ item }) => passes(item, query))
    .filter((entry) => words.every((word) => entry.title.includes(word) || entry.text.includes(word)))
    .sort((a, b) => Number(inTitle(b)) - Number(inTitle(a)) || b.item.publishedAt.localeCompare(a.item.publishedAt))
    .map((entry) => entry.item)
}

/** Finds items by looking through what lists hold of them, as the server does, which searches no bodies. */
export function findItems(items: readonly ListItem[], query: Query): ListItem[] {
  return find(items.map(itemEntry), query)
}

/**
 * Finds records by looking through all of them on the page's own thread: what remains where the worker cannot work.
 * @param isNeeded nothing is read before it is
 * @returns a function from a query to what it finds; undefined until everything is read
 */
export function usePlainSearch(isNeeded: () => boolean): ComputedRef<((query: Query) => ListItem[]) | undefined> {
  const phone = usePhone()
  const state = useContentState()
  const { value: progress } = useLive<Progress | undefined>(() => phone.replica?.progress(), undefined)
  const entries = shallowRef<readonly Entry[]>()
  let last = 0

  async function read(): Promise<void> {
    if (!isNeeded() || phone.content === undefined) return
    const mine = ++last
    // Pages that read the same copy say what is wrong with it.
    const all = await phone.content.readAll().catch(() => [])
    if (mine === last) entries.value = all.map(({ item, record }) => entryOf(item, bodyText(record?.body ?? [])))
  }

  // Texts come after the lists: the last of them too.
  onMounted(() =>
    watch([isNeeded, () => phone.content, () => state.value.version, () => progress.value?.state], read, {
      immediate: true,
    }),
  )
  return computed(() => {
    const all = entries.value
    return all && ((query) => find(all, query))
  })
}
