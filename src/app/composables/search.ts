import { RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import type { SearchAnswer } from '#replica/search/messages.ts'
import type { Query } from '#replica/search/query.ts'
import type { Marked } from '#replica/search/snippet.ts'
import { computed, onMounted, ref, shallowRef, watch } from 'vue'
import { useAnswers } from '../answers.ts'
import { usePhone } from '../phone.ts'
import { findItems, usePlainSearch } from './plain-search.ts'
import { type Presence, useContentState } from './record.ts'

/** Something found: with what is shown of it, or as a record that is looked up, and marked where the search could. */
export type FoundRecord =
  | { id: string; kind: RecordKind; item: ListItem }
  | { id: string; kind: RecordKind; item?: undefined; title: Marked; snippet?: Marked }

export interface Found {
  total: number
  hits: FoundRecord[]
  /** Places of what was found, where they are known. */
  regions?: SearchAnswer['regions']
}

/** Most hits that the server sends along: without JavaScript nobody reads further, and with it the phone finds them all. */
const MOST_BROUGHT = 50

const withItems = (items: readonly ListItem[], most: number): Found => ({
  total: items.length,
  hits: items.slice(0, most).map((item) => ({ id: item.id, kind: item.kind, item })),
})

/**
 * Finds records on the phone, in a worker. Until the phone can, and without JavaScript, the server's hits are shown; where the
 * worker cannot work, the page looks through the records itself.
 * @param query what to find
 * @param most hits wanted; the count is of all
 */
export function useSearch(query: () => Query, most: () => number) {
  const phone = usePhone()
  const state = useContentState()
  const question = () => JSON.stringify([query(), most()])
  const asked = question()
  const brought = useAnswers().answer(`search?${asked}`, (catalogue) => {
    const kinds = RECORD_KINDS.filter((kind) => query().kind === undefined || query().kind === kind)
    return withItems(
      findItems(
        kinds.flatMap((one) => [...catalogue.list(one)] as ListItem[]),
        query(),
      ),
      MOST_BROUGHT,
    )
  })
  const answer = shallowRef<Found>()
  const hasFailed = ref(false)
  const plain = usePlainSearch(() => hasFailed.value)

  async function ask(): Promise<void> {
    if (phone.search === undefined || phone.content === undefined) return
    if (query().text.trim() === '') {
      phone.search.expect()
      return
    }
    try {
      const found = await phone.search.search(query(), most())
      // Another question came after this one: its answer is the one to wait for.
      if (found !== undefined) answer.value = found
      hasFailed.value = false
    } catch {
      hasFailed.value = true
    }
  }

  onMounted(() => {
    hasFailed.value = !('Worker' in window)
    // The code for it comes with what can answer it.
    void Promise.all([phone.opened(), import('../start-search.ts')])
      .then(([, { startSearch }]) => startSearch(phone))
      .catch(() => (hasFailed.value = true))
    watch(
      [question, () => phone.search, () => phone.content, () => state.value.version, () => phone.indexing?.state],
      ask,
      {
        immediate: true,
      },
    )
  })

  const isBrought = computed(() => brought !== undefined && question() === asked)
  const own = computed<Found | undefined>(() => {
    const looked = hasFailed.value ? plain.value?.(query()) : undefined
    return looked === undefined ? answer.value : withItems(looked, most())
  })
  const found = computed<Found>(() => own.value ?? (isBrought.value ? brought?.value : undefined) ?? withItems([], 0))
  const presence = computed<Presence>(() => {
    if (answer.value !== undefined || isBrought.value) return 'found'
    if (hasFailed.value && plain.value !== undefined && state.value.ready) return 'found'
    return state.value.ready || state.value.problem === undefined ? 'waiting' : 'empty'
  })
  return {
    found,
    /** Whether that is what the server found, which looks into no texts. */
    isWithoutTexts: computed(() => own.value === undefined),
    presence,
    indexing: computed(() => phone.indexing),
  }
}
