import type { RecordKind } from '#domain/record/kind.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import type { Listing } from '#replica/catalogue.ts'
import { computed, ref, watch } from 'vue'
import { useAnswers } from '../answers.ts'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'
import { usePresence } from './record.ts'

/**
 * A selection of a kind's list: what came with the page, then the phone's. Only the selection travels with a page, never the
 * list it was made from.
 * @param kind whose list
 * @param question names the selection; a getter, for it may depend on the address
 * @param select makes it, on the server and on the phone; a pure function that gives plain data
 * @param newest whether the newest items are enough for it to begin with; it is told whether these are all
 */
export function useSelection<K extends RecordKind, T>(
  kind: () => K,
  question: () => string,
  select: (items: readonly ListItem<K>[], isComplete: boolean) => T,
  newest: 'enough' | 'notEnough' = 'notEnough',
) {
  const phone = usePhone()
  const asked = question()
  const brought = useAnswers().answer(asked, (catalogue) => select(catalogue.list(kind()), true))
  const live = useLive<Listing<K> | undefined>(() => phone.content?.list(kind()), undefined, brought !== undefined)
  // A list of no copy is no answer.
  const held = computed(() => (live.value.value?.hasCopy === true ? live.value.value : undefined))
  const hadCopy = ref(false)
  watch(held, (listing) => (hadCopy.value ||= listing !== undefined))
  const hasGone = computed(() => hadCopy.value && held.value === undefined)
  const isComplete = computed(() => held.value?.isComplete === true)
  const listing = computed(() => (newest === 'enough' || isComplete.value ? held.value : undefined))
  const value = computed(() => {
    const selected = listing.value && select(listing.value.items, isComplete.value)
    // What was brought answers the question that it was asked, and no other, until the whole list is there, or the copy has gone.
    const isBrought = !isComplete.value && !hasGone.value && question() === asked
    return selected === undefined && isBrought ? brought?.value : selected
  })
  // That there is nothing, only a whole list can say, or what was brought.
  const hasAnswer = () => (live.value.value === undefined ? question() === asked : isComplete.value)
  const settled = computed(() => live.settled.value && hasAnswer())
  return { value, presence: usePresence(() => value.value !== undefined, { settled, failure: live.failure }) }
}
