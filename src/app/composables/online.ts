import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue'
import { useAnswers } from '../answers.ts'

/** Whether the phone believes it has a network. A rendered page begins with yes: it has just come. */
export function useOnline(): Readonly<Ref<boolean>> {
  const online = ref(useAnswers().page !== undefined || navigator.onLine)
  const look = () => {
    online.value = navigator.onLine
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
  return readonly(online)
}
