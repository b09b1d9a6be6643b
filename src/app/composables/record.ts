import type { RecordKind } from '#domain/record/kind.ts'
import { type ListItem, listItemOf, type ShownRecord } from '#domain/record/list-item.ts'
import type { HeldRecord } from '#replica/held-record.ts'
import type { ReplicaState } from '#replica/replica-state.ts'
import { computed, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useAnswers } from '../answers.ts'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/** `waiting`: still looking; `missing`: the copy is here and does not hold it; `empty`: there is no copy yet. */
export type Presence = 'waiting' | 'found' | 'missing' | 'empty'

const NO_COPY: ReplicaState = { ready: false, version: 0, syncing: false }

/** The state of the content that is shown: how new it is, whether it is being filled. */
export function useContentState(): ShallowRef<ReplicaState> {
  const phone = usePhone()
  const content = useAnswers().page?.content
  const { epoch, version, changedAt } = content ?? { version: 0 }
  const brought = { ready: true, epoch, version, syncedAt: changedAt, syncing: false } as ReplicaState
  return useLive(() => phone.content?.state(), content === undefined ? NO_COPY : brought).value
}

/** Whether what was asked for is there, and if not, why. */
export function usePresence(
  found: () => boolean,
  { settled, failure }: { settled: Readonly<Ref<boolean>>; failure: Readonly<Ref<unknown>> },
): ComputedRef<Presence> {
  const state = useContentState()
  return computed(() => {
    if (found()) return 'found'
    const { ready, problem } = state.value
    if (failure.value !== undefined || (!ready && problem !== undefined)) return 'empty'
    return ready && settled.value ? 'missing' : 'waiting'
  })
}

/**
 * One record: what came with the page, then the phone's. While its text has not come, as much as lists show.
 * @param kind its kind
 * @param id a getter, so that it may come from the route
 */
export function useRecord<K extends RecordKind>(kind: () => K, id: () => string) {
  const phone = usePhone()
  const brought = useAnswers().answer(`${kind()}/${id()}`, (catalogue) => catalogue.record(kind(), id()))
  const whole = brought?.value
  const live = useLive<HeldRecord<K> | undefined>(
    () => phone.content?.record(kind(), id()),
    whole && { item: listItemOf<K>(whole), record: whole, isMissed: false },
    brought !== undefined,
  )
  const held = live.value
  const record = computed<ShownRecord<K> | undefined>(() => {
    if (held.value === undefined) return undefined
    const { item, record } = held.value
    // What came with the page is whole: it stays until the phone has as much.
    return (record ?? (whole?.id === item.id ? whole : item)) as unknown as ShownRecord<K>
  })
  return {
    record,
    /** Whether its text was looked for in vain. */
    isMissed: computed(() => held.value?.isMissed === true),
    presence: usePresence(() => record.value !== undefined, live),
  }
}

/** What lists show of one record of the phone's; its text is not asked for. */
export function useItem<K extends RecordKind>(kind: () => K, id: () => string) {
  const phone = usePhone()
  const live = useLive<ListItem<K> | undefined>(() => phone.content?.item(kind(), id()), undefined)
  return { item: live.value, presence: usePresence(() => live.value.value !== undefined, live) }
}
