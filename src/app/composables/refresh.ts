import { ref } from 'vue'
import { useLocale } from '../locales/locale.ts'
import { usePhone } from '../phone.ts'

/** Asks for what is new when the person wants to know, and says what came of it. */
export function useRefresh() {
  const phone = usePhone()
  const { t } = useLocale()
  const refreshing = ref(false)
  const said = ref('')

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
