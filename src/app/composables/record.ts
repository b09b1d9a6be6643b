import type { RecordKind } from '#domain/record/kind.ts'
import type { RecordOf } from '#domain/record/record.ts'
import type { ReplicaState } from '#replica/replica.ts'
import { computed, type ComputedRef, type ShallowRef } from 'vue'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/** `waiting`: still looking; `missing`: the copy is here and does not hold it; `empty`: there is no copy yet. */
export type Presence = 'waiting' | 'found' | 'missing' | 'empty'

const NO_COPY: ReplicaState = { ready: false, version: 0, count: 0, syncing: false }

/** The state of the phone's copy: how new it is, whether it is being filled. */
export function useContentState(): ShallowRef<ReplicaState> {
  const { content } = usePhone()
  return useLive(() => content.state(), NO_COPY).value
}

function presence(
  found: () => boolean,
  settled: ShallowRef<boolean>,
  failure: ShallowRef<unknown>,
  state: ShallowRef<ReplicaState>,
): ComputedRef<Presence> {
  return computed(() => {
    if (found()) return 'found'
    if (failure.value !== undefined) return 'empty'
    if (!settled.value) return 'waiting'
    if (state.value.ready) return 'missing'
    return state.value.problem === undefined ? 'waiting' : 'empty'
  })
}

/**
 * One record, from the phone.
 * @param kind its kind
 * @param id a getter, so that it may come from the route
 */
export function useRecord<K extends RecordKind>(kind: () => K, id: () => string) {
  const { content } = usePhone()
  const { value, settled, failure } = useLive<RecordOf<K> | undefined>(() => content.record(kind(), id()), undefined)
  const state = useContentState()
  return { record: value, presence: presence(() => value.value !== undefined, settled, failure, state) }
}

/** All records of a kind, newest first, from the phone. */
export function useRecordList<K extends RecordKind>(kind: () => K) {
  const { content } = usePhone()
  const { value, settled, failure } = useLive<RecordOf<K>[]>(() => content.list(kind()), [])
  const state = useContentState()
  return { records: value, presence: presence(() => value.value.length > 0, settled, failure, state), state }
}
