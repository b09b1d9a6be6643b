import type { ListItem } from '#domain/record/list-item.ts'
import type { Live } from '#domain/live.ts'
import { computed, type Ref, ref, watch } from 'vue'
import { usePhone } from '../phone.ts'

/**
 * What was withdrawn while the person was looking at a list: it has gone from the list, and is named until they leave it, or it is back.
 * @param items what is shown
 * @param place the list's page and filters: another place shows others, and nothing has gone for that
 */
export function useGone(items: () => readonly ListItem[], place: () => string): Readonly<Ref<ListItem[]>> {
  const phone = usePhone()
  const gone = ref<ListItem[]>([])

  async function isWithdrawn({ id }: ListItem): Promise<boolean> {
    const content = phone.content
    if (content === undefined) return false
    try {
      if ((await now(content.onPhone(id))) !== undefined) return false
      // Where the copy itself has gone, nothing is known of its records.
      return (await now(content.state())).ready
    } catch {
      return false
    }
  }

  watch([items, place] as const, async ([shown, at], [before, wasAt]) => {
    if (at !== wasAt) {
      gone.value = []
      return
    }
    const missing = before.filter(({ id }) => !shown.some((item) => item.id === id))
    const withdrawn = await Promise.all(missing.map(isWithdrawn))
    if (place() === at) gone.value = [...gone.value, ...missing.filter((_, n) => withdrawn[n])]
  })
  return computed(() => gone.value.filter(({ id }) => !items().some((item) => item.id === id)))
}

/** What it is at this moment. */
function now<T>(live: Live<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = live.subscribe((value) => {
      resolve(value)
      queueMicrotask(() => stop())
    }, reject)
  })
}
