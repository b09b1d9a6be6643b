import { watchDebounced } from '@vueuse/core'
import { onBeforeUnmount, ref, watch } from 'vue'

/**
 * The text of a note that is saved as it is typed. It follows what another tab writes while nothing is typed here, and writes
 * only what was typed here.
 * @param note as it is on disk
 */
export function useStopNote(note: () => string, write: (text: string) => void) {
  const text = ref(note())
  /** What the text was before anything was typed that is not written yet. */
  let unchanged = text.value
  /** Written here and not seen on disk yet, oldest first. */
  let written: string[] = []

  function save() {
    if (text.value === unchanged) return
    unchanged = text.value
    written.push(unchanged)
    write(unchanged)
  }

  watchDebounced(text, save, { debounce: 200, maxWait: 300 })
  watch(note, (latest) => {
    // Our own text comes back, maybe while more is being typed.
    const place = written.indexOf(latest)
    written = place === -1 ? [] : written.slice(place + 1)
    if (place !== -1 || text.value !== unchanged) return
    text.value = latest
    unchanged = latest
  })
  onBeforeUnmount(save)
  return text
}
