import { computed, type ComputedRef, onBeforeUnmount, onMounted, ref, watch } from 'vue'
import { useAnswers } from '../answers.ts'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/** `offline`: there is no network. `unreachable`, `notUnderstood`: there is one, and nobody answered, or not the server. */
export type Connection = 'reached' | 'offline' | 'unreachable' | 'notUnderstood'

/**
 * What leads to the server. A browser says that there is a network wherever it has a connection, in a lift's Wi-Fi and behind a
 * hotel's sign-in page too; the last contact knows better. A rendered page begins with a server that was reached: it has just come.
 */
export function useConnection(): ComputedRef<Connection> {
  const phone = usePhone()
  const hasNetwork = ref(useAnswers().page !== undefined || navigator.onLine)
  const { value: copy } = useLive(() => phone.replica?.state(), undefined)
  const look = () => {
    hasNetwork.value = navigator.onLine
  }
  /** The sync that a network's coming starts finds out where it leads to; nothing new is said before, unless nobody syncs. */
  const lookLater = () => {
    if (phone.replica === undefined) look()
  }
  watch(copy, (now) => {
    if (now?.syncing === false) look()
  })
  onMounted(() => {
    look()
    window.addEventListener('online', lookLater)
    window.addEventListener('offline', look)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('online', lookLater)
    window.removeEventListener('offline', look)
  })
  return computed(() => {
    if (!hasNetwork.value) return 'offline'
    const problem = copy.value?.problem
    return problem === 'unreachable' || problem === 'notUnderstood' ? problem : 'reached'
  })
}
