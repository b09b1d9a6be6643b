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

/** How many requests are still to arrive, or need the person. */
export function useUnsent(): ComputedRef<number> {
  const { entries } = useInquiries()
  return computed(
    () => entries.value.filter((entry) => entry.state !== 'delivered' && entry.state !== 'withdrawn').length,
  )
}
