import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** The phone's clock, ms, read again every minute. 0 before mounting. */
export function useMinute(): Readonly<Ref<number>> {
  const now = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    now.value = Date.now()
    timer = setInterval(() => (now.value = Date.now()), 60_000)
  })
  onBeforeUnmount(() => clearInterval(timer))
  return now
}
