import { LIST_PATHS, type RecordKind } from '#domain/record/kind.ts'
import { computed, type ComputedRef, watch } from 'vue'
import { type RouteLocationRaw, useRoute } from 'vue-router'
import { useLists } from '../stores/lists.ts'

type Query = Record<string, string>

/** Texts of a query, by name, as the server reads them: the first of several, and nothing that is empty or says the first page. */
export function textsOf(query: Readonly<Record<string, unknown>>): Query {
  const first = Object.entries(query).map(([name, value]) => [
    name,
    Array.isArray(value) ? (value[0] as unknown) : value,
  ])
  const texts = first.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')
  return Object.fromEntries(texts.filter(([name, text]) => name !== 'page' || text !== '1'))
}

/**
 * What a list shows, kept in the address: it can be shared, works without JavaScript and is still there on coming back.
 * @param kind whose list it is
 */
export function useListQuery(kind: RecordKind): {
  query: ComputedRef<Query>
  /** Where the same list is with other values; undefined takes one out. Another filter begins at its first page. */
  to: (change: Record<string, string | undefined>) => RouteLocationRaw
} {
  const route = useRoute()
  const lists = useLists()

  // A list that stays alive behind a detail page goes on showing what it showed.
  const here = computed(() => route.name === `${kind}-list`)
  const query = computed(() => (here.value ? textsOf(route.query) : (lists.queries[kind] ?? {})))
  watch(query, (shown) => here.value && lists.remember(kind, shown), { immediate: true })

  const to = (change: Record<string, string | undefined>) => {
    const { page, ...filters } = { ...query.value, ...change } as Record<string, string | undefined>
    const next = 'page' in change && page !== undefined ? { ...filters, page } : filters
    return { path: LIST_PATHS[kind], query: textsOf(next) }
  }
  return { query, to }
}
