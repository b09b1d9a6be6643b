import type { Purpose } from '#domain/inquiry/consent.ts'
import { consentToCurrent } from '#domain/inquiry/notice.ts'
import type { OutboxEntry } from '#outbox/entry.ts'
import { onMounted, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { useMine } from '../phone.ts'
import { isEmpty, toText } from '#domain/inquiry/form.ts'
import type { useDraft } from './use-draft.ts'
import type { InquiryFormState } from './use-inquiry-form.ts'
import type { useOrigin } from './use-origin.ts'

/** 提交: from a form to the outbox, and on to the page of that request once it is on disk. */
export function useSubmit(
  state: InquiryFormState,
  origin: ReturnType<typeof useOrigin>,
  draft: ReturnType<typeof useDraft>,
) {
  const mine = useMine()
  const router = useRouter()
  const submitting = ref(false)
  const failed = ref(false)
  /** Id of the request, when it is on disk and its page cannot be had. */
  const stored = ref<string>()
  let shown = false

  /** What became of the text of a withdrawn request that the form was to begin with. */
  const repeated = ref<'filled' | 'kept'>()

  // A refused request opens with what was sent and with what the server said of it, unless a correction is under way; a withdrawn one
  // where nothing stands in its form.
  onMounted(() =>
    watch(
      () => [origin.correcting.value ?? origin.repeating.value, draft.ready.value] as const,
      ([entry, ready]) => {
        if (entry === undefined || !ready || shown) return
        shown = true
        if (entry === origin.correcting.value) {
          if (draft.savedAt.value === undefined) begin(entry)
          state.fromServer.value = entry.refusal?.errors ?? []
        } else if (entry.state === 'withdrawn' && entry.type === state.form.type) repeat(entry)
      },
      { immediate: true },
    ),
  )

  function begin(entry: OutboxEntry): void {
    draft.fill(toText(state.form, entry.values))
    bringFiles(entry.id).catch(() => (failed.value = true))
  }

  function repeat(entry: OutboxEntry): void {
    const isSame = Object.entries(toText(state.form, entry.values)).every(
      ([pointer, value]) => state.text[pointer] === value,
    )
    const isFree = isEmpty(state.form, state.text) && !draft.failed.value
    repeated.value = isSame || isFree ? 'filled' : 'kept'
    if (isFree) begin(entry)
  }

  async function bringFiles(submissionId: string): Promise<void> {
    await (await mine()).attachments.copy(submissionId, origin.draftKey.value)
    // From here on it is begun: what is taken off stays off.
    await draft.flush()
  }

  /** @returns false while something is wrong with the form, or the phone could not store it */
  async function submit(): Promise<boolean> {
    if (state.check() === undefined || submitting.value) return false
    submitting.value = true
    try {
      const id = await store()
      if (id === undefined) return false
      // The page of the request may not be on this phone yet: that it is stored is said here then.
      await router.replace(`/me/inquiries/${id}`).catch(() => (stored.value = id))
      return true
    } finally {
      submitting.value = false
    }
  }

  /** @returns the request's id; undefined when there is none */
  async function store(): Promise<string | undefined> {
    try {
      for (const isReady of state.beforeSubmit) if (!(await isReady())) return undefined
      // A draft that cannot be saved is no reason against submitting, which stores the same text.
      await draft.flush().catch(() => undefined)
      draft.hold(true)
      // What was typed, taken in or unticked while files were made ready counts.
      const fields = state.check()
      if (fields === undefined) {
        draft.hold(false)
        return undefined
      }
      const purposes: Purpose[] = [
        state.form.type === 'contact' ? '答复咨询' : '对接入驻',
        ...(state.shareWithPark.value ? (['转交园区'] as const) : []),
      ]
      const { outbox } = await mine()
      const id = await outbox.submit({
        type: state.form.type,
        ...(origin.subject.value === undefined ? {} : { subject: origin.subject.value }),
        fields,
        consent: consentToCurrent(purposes, new Date().toISOString()),
        draftKey: origin.draftKey.value,
        shown: { ...state.text },
        ...(origin.replaces === undefined ? {} : { replaces: origin.replaces }),
      })
      failed.value = false
      return id
    } catch {
      // Whatever kept it from the disk, the person needs to know one thing: it is not stored, and is still on this page.
      failed.value = true
      draft.hold(false)
      return undefined
    }
  }

  return { submit, submitting, failed, stored, repeated }
}
