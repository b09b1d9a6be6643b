import { addDays } from '#domain/dates.ts'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import { computed, shallowRef, watch } from 'vue'
import { type RouteLocationRaw, useRoute } from 'vue-router'
import { textsOf } from './list-filter.ts'
import { useToday } from './today.ts'

/** Spans of time to choose from, in days up to today. */
export const SPANS = [30, 90, 365] as const

/** Of a place, or of the beginning of its code (GB/T 2260, GB/T 10114). */
const REGION = /^\d{2,9}$/

type Change = Partial<Record<'kind' | 'region' | 'days', string | undefined>>

/** What the hits of the search page are narrowed to. It stands in the address: there when the page is opened again. */
export function useSearchFilters() {
  const route = useRoute()
  const today = useToday()

  // The page stays alive behind what is opened from it, whose address says nothing of a search.
  const asked = shallowRef(textsOf(route.query))
  watch(
    () => route.query,
    (query) => {
      if (route.name === 'search') asked.value = textsOf(query)
    },
  )
  const kind = computed(() => RECORD_KINDS.find((known) => known === asked.value['kind']))
  const region = computed(() => (REGION.test(asked.value['region'] ?? '') ? asked.value['region'] : undefined))
  const days = computed(() => SPANS.find((span) => String(span) === asked.value['days']))
  const from = computed(() => days.value && addDays(today.value, -days.value))
  const filters = computed(() => ({
    ...(kind.value === undefined ? {} : { kind: kind.value }),
    ...(region.value === undefined ? {} : { region: region.value }),
    ...(from.value === undefined ? {} : { from: from.value }),
  }))

  /** The same, as the address says it. */
  const chosen = computed(() =>
    textsOf({ kind: kind.value, region: region.value, days: days.value && String(days.value) }),
  )

  /** Where the search for a text is, with these filters but for what is given; undefined takes one out. */
  const to = (q: string, change: Change = {}): RouteLocationRaw => ({
    path: '/search',
    query: textsOf({ q: q.trim(), ...chosen.value, ...change }),
  })
  return { kind, region, days, filters, chosen, to }
}
