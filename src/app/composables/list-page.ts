import type { RecordKind } from '#domain/record/kind.ts'
import { LIST_PAGE_SIZE, type ListItem } from '#domain/record/list-item.ts'
import { computed } from 'vue'
import { useListQuery } from './list-filter.ts'
import { useSelection } from './selection.ts'

/** A row of chips above a list. */
export interface ListFilter<K extends RecordKind> {
  /** Name of its parameter in the address. */
  key: string
  /** What can be chosen, given what the filters before it leave. */
  options: (items: readonly ListItem<K>[]) => { value: string; label: string }[]
  matches: (item: ListItem<K>, value: string) => boolean
}

/** One page of a filtered list. */
export interface ListPage<K extends RecordKind> {
  items: ListItem<K>[]
  /** On all pages; undefined while only the newest are known. */
  total: number | undefined
  page: number
  pages: number
  /** What each filter offers, by its key. */
  options: Record<string, { value: string; label: string }[]>
}

function pageOf<K extends RecordKind>(
  all: readonly ListItem<K>[],
  filters: readonly ListFilter<K>[],
  query: Readonly<Record<string, string>>,
  isComplete: boolean,
): ListPage<K> | undefined {
  const options: ListPage<K>['options'] = {}
  let left = all
  for (const { key, options: optionsOf, matches } of filters) {
    options[key] = optionsOf(left)
    const chosen = query[key]
    if (chosen !== undefined) left = left.filter((item) => matches(item, chosen))
  }
  const pages = Math.max(1, Math.ceil(left.length / LIST_PAGE_SIZE))
  const asked = Math.max(1, Math.floor(Number(query['page'])) || 1)
  // Which rows a later page has, only the whole list can say, and a filter may find more of them further on.
  if (!isComplete && (asked > 1 || left.length < LIST_PAGE_SIZE)) return undefined
  const page = Math.min(asked, pages)
  return {
    items: left.slice((page - 1) * LIST_PAGE_SIZE, page * LIST_PAGE_SIZE),
    total: isComplete ? left.length : undefined,
    page,
    pages,
    options,
  }
}

const EMPTY = { items: [], total: 0, page: 1, pages: 1, options: {} }

/**
 * One page of a kind's list, as its address asks for it.
 * @param filters in the order of their rows
 */
export function useListPage<K extends RecordKind>(kind: K, filters: readonly ListFilter<K>[]) {
  const { query, to } = useListQuery(kind)
  const known = computed(() =>
    ['page', ...filters.map(({ key }) => key)].flatMap((key) => (key in query.value ? [[key, query.value[key]]] : [])),
  )
  const { value, presence } = useSelection(
    () => kind,
    () => `list/${kind}?${JSON.stringify(known.value)}`,
    (items, isComplete) => pageOf(items, filters, query.value, isComplete),
    'enough',
  )
  return { list: computed<ListPage<K>>(() => value.value ?? EMPTY), presence, query, to }
}
