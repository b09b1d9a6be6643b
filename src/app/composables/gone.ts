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
      // Where the copy itself has gone, or is on its way, nothing is known of its records.
      const { ready, isBehind } = await now(content.state())
      return ready && isBehind === undefined
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
    if (place() !== at) return
    // One may have been back in between.
    const others = gone.value.filter(({ id }) => !missing.some((item) => item.id === id))
    gone.value = [...others, ...missing.filter((_, n) => withdrawn[n])]
  })
  return computed(() => gone.value.filter(({ id }) => !items().some((item) => item.id === id)))
}

/** What it is at this moment. */
async function now<T>(live: Live<T>): Promise<T> {
  let stop = () => {}
  try {
    return await new Promise((resolve, reject) => {
      stop = live.subscribe(resolve, reject)
    })
  } finally {
    stop()
  }
}
