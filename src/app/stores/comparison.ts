import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { readStored, writeStored } from '../stored-json.ts'

/** More columns than this cannot be read side by side on a phone. */
export const MOST_COMPARED = 4
const KEY = 'luodi-comparison'

function stored(): string[] {
  const value = readStored(KEY)
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string').slice(0, MOST_COMPARED) : []
}

/** Listings chosen to be looked at side by side, by id, in the order they were chosen. Kept on this phone, and the same in all tabs. */
export const useComparison = defineStore('comparison', () => {
  const ids = ref<string[]>([])
  const restored = ref(false)
  const full = computed(() => ids.value.length >= MOST_COMPARED)

  /** Takes over what is stored on this phone, and what another tab stores later. Called after mounting. */
  function restore(): void {
    if (restored.value) return
    const take = () => (ids.value = stored())
    take()
    restored.value = true
    // No key: all was cleared.
    addEventListener('storage', ({ key }) => (key ?? KEY) === KEY && take())
    // A page that was put by hears of nothing meanwhile.
    addEventListener('pageshow', ({ persisted }) => persisted && take())
  }

  function toggle(id: string): void {
    if (ids.value.includes(id)) drop([id])
    else if (!full.value) keep([...ids.value, id])
  }

  function drop(dropped: readonly string[]): void {
    keep(ids.value.filter((id) => !dropped.includes(id)))
  }

  function keep(next: string[]): void {
    ids.value = next
    writeStored(KEY, next.length === 0 ? undefined : next)
  }

  return { ids, restored, full, restore, toggle, drop, forget: () => keep([]) }
})
