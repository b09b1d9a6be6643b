import type { InquiryType, Subject } from '#domain/inquiry/inquiry.ts'
import { RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'
import { draftKey } from '#outbox/drafts.ts'
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useLive } from '../composables/live.ts'
import { usePhone } from '../phone.ts'

/** Reads `about=park:some-id`. */
function parseAbout(about: unknown): { kind: RecordKind; id: string } | undefined {
  const [, word, id] = typeof about === 'string' ? (/^([a-z]+):([a-z0-9-]+)$/.exec(about) ?? []) : []
  const kind = RECORD_KINDS.find((known) => known === word)
  return kind !== undefined && id !== undefined ? { kind, id } : undefined
}

/** Where a form was opened from: the record it is about (`about`), or the refused request it corrects (`correct`). */
export function useOrigin(type: InquiryType) {
  const route = useRoute()
  const phone = usePhone()
  const about = parseAbout(route.query['about'])
  const correct = typeof route.query['correct'] === 'string' ? route.query['correct'] : undefined

  const entry = useLive(() => (correct === undefined ? undefined : phone.mine?.outbox.entry(correct)), undefined)
  const record = useLive(() => about && phone.content.record(about.kind, about.id), undefined)
  const subject = computed<Subject | undefined>(() => {
    if (entry.value.value?.subject !== undefined) return entry.value.value.subject
    const { value } = record.value
    // The record may not be on this phone (yet): what the request is about is known all the same.
    return about && { ...about, title: value?.title ?? about.id }
  })
  const key = computed(() => (correct === undefined ? draftKey(type, about) : `correct:${correct}`))

  return { subject, correcting: entry.value, replaces: correct, draftKey: key }
}
