import type { RecordKind } from '#domain/record/kind.ts'
import { type ListItem, listItemOf } from '#domain/record/list-item.ts'
import type { RecordOf } from '#domain/record/record.ts'
import { computed } from 'vue'
import { useAnswers } from '../answers.ts'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'
import { usePresence } from './record.ts'

/** Each record is shortened once, whichever lists show it. */
const shortened = new WeakMap<object, ListItem>()

function itemOf<K extends RecordKind>(record: RecordOf<K>): ListItem<K> {
  const known = shortened.get(record) ?? listItemOf(record)
  shortened.set(record, known)
  return known as ListItem<K>
}

/**
 * A selection of a kind's list: what came with the page, then the phone's. Only the selection travels with a page, never the
 * list it was made from.
 * @param kind whose list
 * @param question names the selection; a getter, for it may depend on the address
 * @param select makes it, on the server and on the phone; a pure function that gives plain data
 */
export function useSelection<K extends RecordKind, T>(
  kind: () => K,
  question: () => string,
  select: (items: readonly ListItem<K>[]) => T,
) {
  const phone = usePhone()
  const asked = question()
  const brought = useAnswers().answer(asked, (catalogue) => select(catalogue.list(kind())))
  const live = useLive<RecordOf<K>[] | undefined>(() => phone.content?.list(kind()), undefined, brought !== undefined)
  const value = computed(() => {
    if (live.value.value !== undefined) return select(live.value.value.map((record) => itemOf<K>(record)))
    return question() === asked ? brought?.value : undefined
  })
  // What was brought answers the question that it was asked, and no other.
  const settled = computed(() => live.settled.value && (live.value.value !== undefined || question() === asked))
  return { value, presence: usePresence(() => value.value !== undefined, { settled, failure: live.failure }) }
}
