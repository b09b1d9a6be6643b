import type { Live } from '#domain/live.ts'
import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef, watch } from 'vue'

export interface LiveValue<T> {
  value: ShallowRef<T>
  /** False until the store has answered for the first time. */
  settled: ShallowRef<boolean>
  failure: ShallowRef<unknown>
}

/**
 * Follows a live value of the phone from mounting to unmounting. Touches nothing at set-up, so it renders on the server.
 * @param source what to follow; called again when anything reactive in it changes; undefined follows nothing
 * @param initial shown until the store answers
 */
export function useLive<T>(source: () => Live<T> | undefined, initial: T): LiveValue<T> {
  const value = shallowRef(initial)
  const settled = shallowRef(false)
  const failure = shallowRef<unknown>()
  let stop: (() => void) | undefined

  const follow = (live: Live<T> | undefined) => {
    stop?.()
    settled.value = false
    stop = live?.subscribe(
      (next) => {
        value.value = next
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
