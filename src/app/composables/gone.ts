import type { ListItem } from '#domain/record/list-item.ts'
import { type Ref, ref, watch } from 'vue'
import { usePhone } from '../phone.ts'

/**
 * What was withdrawn while the person was looking at a list: it has gone from the list, and is named until they leave it.
 * @param items what is shown
 * @param place the list's page and filters: another place shows others, and nothing has gone for that
 */
export function useGone(items: () => readonly ListItem[], place: () => string): Readonly<Ref<ListItem[]>> {
  const phone = usePhone()
  const gone = ref<ListItem[]>([])

  async function isWithdrawn({ id }: ListItem): Promise<boolean> {
    const content = phone.content
    if (content === undefined) return false
    return new Promise((resolve) => {
      const stop = content.onPhone(id).subscribe(
        (listed) => {
          resolve(listed === undefined)
          queueMicrotask(() => stop())
        },
        () => resolve(false),
      )
    })
  }

  watch([items, place] as const, async ([now, at], [before, wasAt]) => {
    if (at !== wasAt) {
      gone.value = []
      return
    }
    const missing = before.filter(({ id }) => !now.some((item) => item.id === id))
    const withdrawn = await Promise.all(missing.map(isWithdrawn))
    if (place() === at) gone.value = [...gone.value, ...missing.filter((_, n) => withdrawn[n])]
  })
  return gone
}
