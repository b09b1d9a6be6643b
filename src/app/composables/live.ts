import type { Live } from '#domain/live.ts'
import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef, watch } from 'vue'

export interface LiveValue<T> {
  value: ShallowRef<T>
  /** False until there is an answer. */
  settled: ShallowRef<boolean>
  failure: ShallowRef<unknown>
}

/** The phone's record is another object than the one that came with the page: when it says the same, nothing is drawn anew. */
const saysTheSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Follows a live value of the phone from mounting to unmounting. Touches nothing at set-up, so it renders on the server.
 * @param source what to follow; called again when anything reactive in it changes; undefined follows nothing
 * @param initial shown until the store answers
 * @param answered whether `initial` is an answer already: what came with the page
 */
export function useLive<T>(source: () => Live<T> | undefined, initial: T, answered = false): LiveValue<T> {
  const value = shallowRef(initial)
  const settled = shallowRef(answered)
  const failure = shallowRef<unknown>()
  let stop: (() => void) | undefined

  const follow = (live: Live<T> | undefined) => {
    // What came with the page holds until the phone has answered.
    if (stop !== undefined) settled.value = false
    stop?.()
    stop = live?.subscribe(
      (next) => {
        if (!answered || !saysTheSame(next, value.value)) value.value = next
        settled.value = true
        failure.value = undefined
      },
      (error) => {
        failure.value = error
        settled.value = true
      },
    )
  }

  onMounted(() => watch(source, follow, { immediate: true }))
  onBeforeUnmount(() => stop?.())
  return { value, settled, failure }
}
