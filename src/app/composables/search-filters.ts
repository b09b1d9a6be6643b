import { addDays } from '#domain/dates.ts'
import { RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'
import { computed, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { useToday } from './today.ts'

/** Spans of time to choose from, in days up to today. */
export const SPANS = [30, 90, 365] as const

/** What the hits of the search page are narrowed to: the kind stands in the address, the others are of the moment. */
export function useSearchFilters() {
  const route = useRoute()
  const today = useToday()
  const kind = ref<RecordKind>()
  const region = ref<string>()
  const days = ref<(typeof SPANS)[number]>()

  // The page stays alive behind what is opened from it, whose address says nothing of a search.
  const word = computed(() => (route.name === 'search' ? (route.query['kind'] ?? '') : undefined))
  watch(
    word,
    (now) => {
      if (now !== undefined) kind.value = RECORD_KINDS.find((known) => known === now)
    },
    { immediate: true },
  )
  const from = computed(() => days.value && addDays(today.value, -days.value))
  const filters = computed(() => ({
    ...(kind.value === undefined ? {} : { kind: kind.value }),
    ...(region.value === undefined ? {} : { region: region.value }),
    ...(from.value === undefined ? {} : { from: from.value }),
  }))
  return { kind, region, days, filters }
}
