import { watchDebounced } from '@vueuse/core'
import { onBeforeUnmount, onMounted, ref, watch } from 'vue'
import { useFailures } from '../stores/failures.ts'
import { useUnsaved } from '../stores/unsaved.ts'

/**
 * The text of a note that is saved as it is typed, and at once when the page is left or put away, or another release takes over.
 * It follows what another tab writes while nothing is typed here, and writes only what was typed here.
 * @param note as it is on disk
 * @param write puts it there
 */
export function useStopNote(note: () => string, write: (text: string) => Promise<void>) {
  const unsaved = useUnsaved()
  const failures = useFailures()
  const text = ref(note())
  /** Whether what was typed last could not be kept. */
  const failed = ref(false)
  /** What the text was before anything was typed that is not written yet. */
  let unchanged = text.value
  /** Written here and not seen on disk yet, oldest first. */
  let written: string[] = []

  /** One after the other: an older text never comes after a newer one. */
  let saving: Promise<unknown> = Promise.resolve()
  function save(): Promise<void> {
    const saved = saving.then(writeTyped)
    saving = saved.catch(() => undefined)
    return saved
  }

  async function writeTyped(): Promise<void> {
    const [typed, before] = [text.value, unchanged]
    if (typed === before) {
      failed.value = false
      return
    }
    unchanged = typed
    written.push(typed)
    try {
      await write(typed)
      failed.value = false
    } catch (error) {
      // It is to be saved still.
      if (unchanged === typed) unchanged = before
      written = written.filter((other) => other !== typed)
      failed.value = true
      throw error
    }
  }

  // A failure stands beside the note already, as `failed`.
  const quietly = () => void save().catch(() => undefined)
  watchDebounced(text, quietly, { debounce: 200, maxWait: 300 })
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
    document.addEventListener('visibilitychange', quietly)
  })
  onBeforeUnmount(() => {
    unsaved.release(save)
    document.removeEventListener('visibilitychange', quietly)
    // No note is there any more to say it beside.
    save().catch(() => failures.show('act'))
  })
  return { text, failed }
}
