import * as v from 'valibot'
import { watchDebounced } from '@vueuse/core'
import { onBeforeUnmount, onMounted, ref, watch } from 'vue'
import { useMine } from '../phone.ts'
import { useUnsaved } from '../stores/unsaved.ts'
import { type FormText, isEmpty } from '#domain/inquiry/form.ts'
import type { InquiryFormState } from './use-inquiry-form.ts'

const DraftText = v.record(v.string(), v.string())

/** Typing is on disk this soon, ms. */
const SAVE_AFTER_MS = 200
const SAVE_AT_LATEST_MS = 300

/**
 * Keeps a form's text on the phone as it is typed, and brings it back.
 * @param state the form
 * @param key names the draft: the kind of form and what it is about
 */
export function useDraft(state: InquiryFormState, key: () => string) {
  const mine = useMine()
  const unsaved = useUnsaved()
  const savedAt = ref<number>()
  const failed = ref(false)
  const ready = ref(false)
  let dirty = false
  let done = false

  async function restore(): Promise<void> {
    const draft = await (await mine()).drafts.load(key())
    const text = v.safeParse(DraftText, draft?.values)
    if (draft === undefined || !text.success) return
    const typedMeanwhile = dirty
    for (const [pointer, initial] of Object.entries(state.form.initial)) {
      const typed = text.output[pointer]
      // Whoever began to type before the draft was read keeps what they typed.
      if (typed !== undefined && state.text[pointer] === initial) state.text[pointer] = typed
    }
    savedAt.value = draft.savedAt
    dirty = typedMeanwhile
  }

  async function save(): Promise<void> {
    if (!dirty || done) return
    dirty = false
    try {
      if (isEmpty(state.form, state.text)) await (await mine()).drafts.discard(key())
      else savedAt.value = (await (await mine()).drafts.save(key(), { ...state.text })).savedAt
      failed.value = false
    } catch (error) {
      dirty = true
      failed.value = true
      throw error
    }
  }
  // A failure is on the form already, as `failed`.
  const quietly = () => void save().catch(() => undefined)

  onMounted(async () => {
    unsaved.hold(save)
    document.addEventListener('visibilitychange', quietly)
    await restore().catch(() => (failed.value = true))
    ready.value = true
  })
  const typed = () => ({ ...state.text })
  watch(typed, () => (dirty = true), { flush: 'sync' })
  watchDebounced(typed, quietly, { debounce: SAVE_AFTER_MS, maxWait: SAVE_AT_LATEST_MS })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', quietly)
    unsaved.release(save)
    quietly()
  })

  /** The draft was consumed by submitting it: nothing may bring it back. */
  function consumed(): void {
    done = true
  }

  /** Puts text in place of what is there, as if typed. */
  function fill(text: FormText): void {
    Object.assign(state.text, text)
  }

  return { savedAt, failed, ready, flush: save, consumed, fill }
}
