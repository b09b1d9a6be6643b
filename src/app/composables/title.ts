import { onActivated, onMounted, watch } from 'vue'
import { useI18n } from 'petite-vue-i18n'

/** Names the page in the browser's title. */
export function usePageTitle(title: () => string | undefined): void {
  const { t } = useI18n()
  const write = () => {
    const name = title()
    document.title = name === undefined ? t('app.title') : `${name} · ${t('app.name')}`
  }
  onMounted(() => watch(title, write, { immediate: true }))
  onActivated(write)
}
