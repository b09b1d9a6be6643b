import { watchDebounced } from '@vueuse/core'
import { onBeforeUnmount, onMounted, ref, watch } from 'vue'
import { useFailures } from '../stores/failures.ts'
import { useUnsaved } from '../stores/unsaved.ts'

/**
 * The text of a note that is saved as it is typed, and at once when the page is left or put away, or another release takes over. It follows what another
 * tab writes while nothing is typed here, and writes only what was typed here.
 * @param note as it is on disk
 * @param write puts it there
 */
export function useStopNote(note: () => string, write: (text: string) => Promise<void>) {
  const unsaved = useUnsaved()
  const failures = useFailures()
  const text = ref(note())
  /** What the text was before anything was typed that is not written yet. */
  let unchanged = text.value
  /** Written here and not seen on disk yet, oldest first. */
  let written: string[] = []

  async function save(): Promise<void> {
    const [typed, before] = [text.value, unchanged]
    if (typed === before) return
    unchanged = typed
    written.push(typed)
    try {
      await write(typed)
    } catch (error) {
      // It is to be saved still.
      if (unchanged === typed) unchanged = before
      failures.show('act')
      throw error
    }
  }

  const saveNow = () => void save().catch(reportError)
  watchDebounced(text, saveNow, { debounce: 200, maxWait: 300 })
  watch(note, (latest) => {
    // Our own text comes back, maybe while more is being typed.
    const place = written.indexOf(latest)
    written = place === -1 ? [] : written.slice(place + 1)
    if (place !== -1 || text.value !== unchanged) return
    text.value = latest
    unchanged = latest
  })
  onMounted(() => {
    unsaved.hold(save)
    document.addEventListener('visibilitychange', saveNow)
  })
  onBeforeUnmount(() => {
    unsaved.release(save)
    document.removeEventListener('visibilitychange', saveNow)
    saveNow()
  })
  return text
}
