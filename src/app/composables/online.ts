import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { useAnswers } from '../answers.ts'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/**
 * Whether there is a network that leads to the server. A browser says yes wherever it has a connection, in a lift's Wi-Fi and
 * behind a hotel's sign-in page too; the last contact knows better. A rendered page begins with yes: it has just come.
 */
export function useOnline(): Readonly<Ref<boolean>> {
  const phone = usePhone()
  const connected = ref(useAnswers().page !== undefined || navigator.onLine)
  const { value: copy } = useLive(() => phone.replica?.state(), undefined)
  const look = () => {
    connected.value = navigator.onLine
  }
  onMounted(() => {
    look()
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('online', look)
    window.removeEventListener('offline', look)
  })
  return computed(() => connected.value && !['unreachable', 'notUnderstood'].includes(copy.value?.problem ?? ''))
}
