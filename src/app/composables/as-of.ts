import { computed, type ComputedRef } from 'vue'
import { dateTime } from '../format.ts'
import { useLocale } from '../locales/locale.ts'
import { useContentState } from './record.ts'

/** How old the content on the phone is, as every list of it says; empty where nothing has come yet. */
export function useAsOf(): ComputedRef<string> {
  const { t } = useLocale()
  const content = useContentState()
  return computed(() => {
    const { syncedAt } = content.value
    return syncedAt === undefined ? '' : t('list.asOf', { time: dateTime(syncedAt) })
  })
}
