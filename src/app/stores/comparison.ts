import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

/** More columns than this cannot be read side by side on a phone. */
export const MOST_COMPARED = 4

/** Listings chosen to be looked at side by side, by id, in the order they were chosen. */
export const useComparison = defineStore('comparison', () => {
  const ids = ref<string[]>([])
  const full = computed(() => ids.value.length >= MOST_COMPARED)

  function toggle(id: string): void {
    if (ids.value.includes(id)) ids.value = ids.value.filter((other) => other !== id)
    else if (!full.value) ids.value = [...ids.value, id]
  }

  return { ids, full, toggle }
})
