import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue'

/** Whether the phone believes it has a network. True on the server and until mounted. */
export function useOnline(): Readonly<Ref<boolean>> {
  const online = ref(true)
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
