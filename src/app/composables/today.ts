import { shanghaiClock } from '#domain/shanghai.ts'
import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue'
import { useAnswers } from '../answers.ts'

/**
 * Today in Shanghai, `YYYY-MM-DD`; a page left open turns over at midnight when it becomes visible again. A page that came
 * rendered begins with the day it was rendered for.
 */
export function useToday(): Readonly<Ref<string>> {
  const now = () => shanghaiClock(Date.now()).slice(0, 10)
  const today = ref(useAnswers().page?.today ?? now())
  const look = () => {
    today.value = now()
  }
  onMounted(() => {
    look()
    document.addEventListener('visibilitychange', look)
  })
  onBeforeUnmount(() => document.removeEventListener('visibilitychange', look))
  return readonly(today)
}
