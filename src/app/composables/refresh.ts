import { ref, watch } from 'vue'
import { useLocale } from '../locales/locale.ts'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/** Asks for what is new when the person wants to know, and says what came of it. */
export function useRefresh() {
  const phone = usePhone()
  const { t } = useLocale()
  const refreshing = ref(false)
  const said = ref('')
  const { value: copy } = useLive(() => phone.replica?.state(), undefined)
  // What came of it holds until the server is asked anew.
  watch(
    () => copy.value?.syncing,
    (syncing) => {
      if (syncing === true && !refreshing.value) said.value = ''
    },
  )

  async function refresh(): Promise<void> {
    if (refreshing.value) return
    refreshing.value = true
    said.value = t('refresh.asking')
    try {
      await phone.opened()
      const outcome = (await phone.replica?.sync()) ?? 'unreachable'
      said.value = t(`refresh.${outcome}`)
    } catch {
      // The phone's own code could not be had: as if nobody answered.
      said.value = t('refresh.unreachable')
    } finally {
      refreshing.value = false
    }
  }

  return { refresh, refreshing, said }
}
