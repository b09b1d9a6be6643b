import type { InquiryType } from '#domain/inquiry/inquiry.ts'
import type { Subject } from '#domain/inquiry/subject.ts'
import { parseAbout } from '#domain/inquiry/about.ts'
import { correctionKey, draftKey } from '#outbox/draft-key.ts'
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useLive } from '../composables/live.ts'
import { useSelection } from '../composables/selection.ts'
import { usePhone } from '../phone.ts'

/**
 * Where a form was opened from: the record it is about (`about`), the refused request it corrects (`correct`), or the withdrawn one
 * whose text it begins with (`again`).
 */
export function useOrigin(type: InquiryType) {
  const route = useRoute()
  const phone = usePhone()
  const about = parseAbout(route.query['about'])
  const correct = typeof route.query['correct'] === 'string' ? route.query['correct'] : undefined
  const again = typeof route.query['again'] === 'string' ? route.query['again'] : undefined

  const entry = useLive(() => (correct === undefined ? undefined : phone.mine?.outbox.entry(correct)), undefined)
  const repeated = useLive(() => (again === undefined ? undefined : phone.mine?.outbox.entry(again)), undefined)
  const key = computed(() => (correct === undefined ? draftKey(type, about) : correctionKey(correct)))
  const draft = useLive(() => (about === undefined ? undefined : phone.mine?.drafts.live(key.value)), undefined)
  const published =
    about &&
    useSelection(
      () => about.kind,
      () => `title/${about.kind}/${about.id}`,
      (items) => items.find(({ id }) => id === about.id)?.title,
    )
  const title = computed(() => published?.value.value ?? draft.value.value?.title)
  const subject = computed<Subject | undefined>(() => {
    if (entry.value.value?.subject !== undefined) return entry.value.value.subject
    // The record may not be on this phone (yet): what the request is about is known all the same.
    return about && { ...about, title: title.value ?? repeated.value.value?.subject?.title ?? about.id }
  })

  const isFresh = correct === undefined && again === undefined
  return {
    subject,
    title,
    isFresh,
    correcting: entry.value,
    repeating: repeated.value,
    replaces: correct,
    draftKey: key,
  }
}
