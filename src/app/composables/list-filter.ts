import type { RecordKind } from '#domain/record/kind.ts'
import { computed, type ComputedRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useLists } from '../stores/lists.ts'

/** The same query with another value for the key, or without it. */
function withValue<Q extends Record<string, unknown>>(query: Q, key: string, value: string | undefined): Q {
  const entries = Object.entries(query).filter(([other]) => other !== key)
  return Object.fromEntries(value === undefined ? entries : [...entries, [key, value]]) as Q
}

/**
 * A list's filter, kept in the address so that it can be shared and is still there on coming back.
 * @param kind whose list it is
 * @param key name of the query parameter
 */
export function useListFilter(
  kind: RecordKind,
  key: string,
): { chosen: ComputedRef<string | undefined>; choose: (value: string | undefined) => void } {
  const route = useRoute()
  const router = useRouter()
  const lists = useLists()

  // A list that stays alive behind a detail page goes on showing what it showed.
  const here = computed(() => route.name === `${kind}-list`)
  const chosen = computed(() => {
    const value = here.value ? route.query[key] : lists.queries[kind]?.[key]
    return typeof value === 'string' ? value : undefined
  })
  watch([here, chosen], ([isHere, value]) => isHere && remember(value), { immediate: true })

  function remember(value: string | undefined): void {
    const next = withValue(lists.queries[kind] ?? {}, key, value)
    if (JSON.stringify(next) !== JSON.stringify(lists.queries[kind] ?? {})) lists.remember(kind, next)
  }

  function choose(value: string | undefined): void {
    void router.replace({ query: withValue(route.query, key, value) })
  }

  return { chosen, choose }
}
