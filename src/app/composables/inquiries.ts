import type { BegunForm } from '#outbox/begun.ts'
import type { OutboxEntry } from '#outbox/entry.ts'
import { computed, type ComputedRef } from 'vue'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/** The person's own requests; none on the server. */
export function useInquiries() {
  const phone = usePhone()
  const { value, settled, failure } = useLive<OutboxEntry[]>(() => phone.mine?.outbox.entries(), [])
  return { entries: value, settled, failure }
}

/** Forms that the person has begun and not submitted; none on the server. */
export function useBegun() {
  const phone = usePhone()
  const { value, settled } = useLive<BegunForm[]>(() => phone.mine?.drafts.begun(), [])
  return { begun: value, settled }
}

/** How many requests are still to arrive, or need the person. */
export function useUnsent(): ComputedRef<number> {
  const { entries } = useInquiries()
  return computed(
    () => entries.value.filter((entry) => entry.state !== 'delivered' && entry.state !== 'withdrawn').length,
  )
}
