import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue'

const shanghaiDate = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })

/** Today in Shanghai, `YYYY-MM-DD`; a page left open turns over at midnight when it becomes visible again. */
export function useToday(): Readonly<Ref<string>> {
  const today = ref(shanghaiDate.format(new Date()))
  const look = () => {
    today.value = shanghaiDate.format(new Date())
  }
  onMounted(() => document.addEventListener('visibilitychange', look))
  onBeforeUnmount(() => document.removeEventListener('visibilitychange', look))
  return readonly(today)
}
