import { watchDebounced } from '@vueuse/core'
import { computed, onBeforeUnmount, onMounted, ref, watch } from 'vue'
import { type FormText, isEmpty } from '#domain/inquiry/form.ts'
import type { Draft } from '#outbox/drafts.ts'
import { useMine } from '../phone.ts'
import { useUnsaved } from '../stores/unsaved.ts'
import { changedFields, hasUnknownText, isGone, knownText, takeIn } from './draft-text.ts'
import { earlierKey } from '#outbox/draft-key.ts'
import type { InquiryFormState } from './use-inquiry-form.ts'

/** Typing is on disk this soon, ms. */
const SAVE_AFTER_MS = 200
const SAVE_AT_LATEST_MS = 300

/**
 * Keeps a form's text on the phone as it is typed, and brings it back. What another tab types into the same draft appears in the
 * fields that this one leaves alone.
 * @param state the form
 * @param key names the draft: the kind of form and what it is about
 * @param title of what it is about, once it is known
 */
export function useDraft(state: InquiryFormState, key: () => string, title: () => string | undefined) {
  const { form, text } = state
  const mine = useMine()
  const unsaved = useUnsaved()
  const savedAt = ref<number>()
  const failed = ref(false)
  const ready = ref(false)
  /** When what was typed here was last on disk, where another page has submitted or deleted the draft. */
  const goneSince = ref<number>()
  /** Whether the draft on disk is another one, begun on another page since: the two are never mixed. */
  const elsewhere = ref(false)
  /** What is known to be on disk. */
  let stored: FormText = { ...form.initial }
  let latest: FormText = {}
  let dirty = false
  let taking = false
  /** Since its draft is gone, until what is typed here has become a new one. */
  const isDetached = ref(false)
  let submitting = false
  let stop: (() => void) | undefined

  /** Text that this form has no place for is kept apart, before anything of it can be lost by saving or submitting. */
  async function putAside(draft: Draft): Promise<void> {
    const { drafts } = await mine()
    await drafts.save(earlierKey(key()), draft.values)
    await drafts.discard(key())
    put(knownText(form, draft), undefined)
    stored = { ...form.initial }
    dirty = true
    await save()
  }

  function put(there: FormText, focused: string | undefined): void {
    taking = true
    takeIn(there, text, stored, focused)
    taking = false
  }

  function receive(draft: Draft | undefined): void {
    const isFirst = !ready.value
    // Older than what was saved from here since: the next one is on its way.
    if (submitting || (draft !== undefined && draft.savedAt < (savedAt.value ?? 0))) return
    ready.value = true
    if (isFirst && draft !== undefined && hasUnknownText(form, draft)) {
      putAside(draft).catch(() => (failed.value = true))
      return
    }
    if (isDetached.value) {
      elsewhere.value = draft !== undefined
      return
    }
    const there = knownText(form, draft)
    if (isGone(form, stored, there)) {
      confirmGone().catch(() => (failed.value = true))
      return
    }
    latest = there
    put(latest, isFirst ? undefined : focusedField())
    savedAt.value = draft?.savedAt ?? savedAt.value
    // Typed before the scripts had come, or posted without them.
    if (isFirst && Object.keys(changedFields(text, stored)).length > 0) {
      dirty = true
      quietly()
    }
  }

  /** What is followed may lag behind what was just saved: only the disk itself is believed. */
  async function confirmGone(): Promise<void> {
    const draft = await (await mine()).drafts.peek(key())
    if (submitting || !isGone(form, stored, knownText(form, draft))) return
    goneSince.value = savedAt.value ?? 0
    isDetached.value = true
    elsewhere.value = draft !== undefined
    latest = {}
    stored = { ...form.initial }
    savedAt.value = undefined
  }

  /** One after the other: each writes what is not on disk when the one before has ended. */
  let saving: Promise<unknown> = Promise.resolve()
  function save(): Promise<void> {
    const saved = saving.then(write)
    saving = saved.catch(() => undefined)
    return saved
  }

  async function write(): Promise<void> {
    if (!dirty || submitting) return
    if (elsewhere.value) throw new Error('This draft was submitted, and another has been begun elsewhere')
    dirty = false
    const changes = changedFields(text, stored)
    if (Object.keys(changes).length === 0) return
    try {
      savedAt.value = (await (await mine()).drafts.save(key(), changes, title())).savedAt
      Object.assign(stored, changes)
      latest = { ...latest, ...changes }
      failed.value = false
      isDetached.value = false
      elsewhere.value = false
    } catch (error) {
      dirty = true
      failed.value = true
      throw error
    }
  }
  // A failure is on the form already, as `failed`.
  const quietly = () => void save().catch(() => undefined)
  const afterFocus = () => put(latest, focusedField())

  async function leave(): Promise<void> {
    await save()
    const isLeftEmpty = isEmpty(form, text) && isEmpty(form, { ...form.initial, ...latest, ...stored })
    if (isLeftEmpty && savedAt.value !== undefined && !submitting) await (await mine()).drafts.discard(key())
  }

  onMounted(async () => {
    unsaved.hold(save)
    document.addEventListener('visibilitychange', quietly)
    document.addEventListener('focusout', afterFocus)
    try {
      const { drafts } = await mine()
      await drafts.load(key())
      stop = drafts.live(key()).subscribe(receive, () => {
        failed.value = true
        ready.value = true
      })
    } catch {
      failed.value = true
      ready.value = true
    }
  })
  const typed = () => ({ ...text })
  watch(typed, () => (dirty ||= !taking), { flush: 'sync' })
  // A file begins a draft anew: what the page shows belongs to it.
  watch(state.attached, () => {
    if (!isDetached.value) return
    dirty = true
    save()
      .then(() => (isDetached.value = false))
      .catch(() => undefined)
  })
  watchDebounced(typed, quietly, { debounce: SAVE_AFTER_MS, maxWait: SAVE_AT_LATEST_MS })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', quietly)
    document.removeEventListener('focusout', afterFocus)
    unsaved.release(save)
    stop?.()
    leave().catch(() => undefined)
  })

  /** While it is being submitted, and after, nothing may bring the draft back. What another tab typed is part of it. */
  function hold(isSubmitting: boolean): void {
    if (isSubmitting && !elsewhere.value) put(latest, undefined)
    submitting = isSubmitting
    if (!submitting) quietly()
  }

  /** Puts text in place of what is there, as if typed. */
  function fill(filled: FormText): void {
    Object.assign(text, filled)
  }

  /** Empties the page after its draft was submitted on another, for what is on disk now. */
  async function clear(): Promise<void> {
    const { drafts } = await mine()
    latest = knownText(form, await drafts.load(key()))
    stored = { ...form.initial, ...latest }
    Object.assign(text, stored)
    dirty = false
    isDetached.value = false
    elsewhere.value = false
    goneSince.value = undefined
  }

  /** What became of the text on the page since its draft is gone. */
  const standing = computed(() => (elsewhere.value ? 'elsewhere' : isDetached.value ? 'stays' : 'renewed'))

  return { savedAt, failed, ready, goneSince, standing, flush: save, hold, fill, clear }
}

/** The field with the caret, by the pointer that is its name. */
function focusedField(): string | undefined {
  return document.activeElement?.getAttribute('name') ?? undefined
}
