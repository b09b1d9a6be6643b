import { addDays } from '#domain/dates.ts'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import { computed, shallowRef, watch } from 'vue'
import { type RouteLocationRaw, useRoute } from 'vue-router'
import { textsOf } from './list-filter.ts'
import { useToday } from './today.ts'

/** Spans of time to choose from, in days up to today. */
export const SPANS = [30, 90, 365] as const
type Span = (typeof SPANS)[number]

/** Of a place, or of the beginning of its code (GB/T 2260, GB/T 10114). */
const REGION = /^\d{2,9}$/

interface Change {
  kind?: string | undefined
  region?: string | undefined
  days?: Span | undefined
}

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

  /** Where the search for a text is, with these filters but for what is given; undefined takes one out. */
  const to = (q: string, change: Change): RouteLocationRaw => {
    const { days: span, ...others } = { kind: kind.value, region: region.value, days: days.value, ...change }
    return { path: '/search', query: textsOf({ q: q.trim(), ...others, days: span?.toString() }) }
  }
  return { kind, region, days, filters, to }
}
