import { onActivated, onMounted, useSSRContext, watch } from 'vue'
import { useLocale } from '../locales/locale.ts'

/** What a page tells the server that renders it. */
export interface PageContext {
  /** The page's own name; undefined on the first page, which is called as the site is. */
  title?: string | undefined
  /** Sources of the components that were rendered; the compiler writes them down. */
  modules?: Set<string>
}

/** Names the page in the browser's title. */
export function usePageTitle(title: () => string | undefined): void {
  const { t } = useLocale()
  const full = () => {
    const name = title()
    return name === undefined ? t('app.title') : `${name} · ${t('app.name')}`
  }
  const write = () => {
    document.title = full()
  }
  if (import.meta.env.SSR) {
    const context = useSSRContext<PageContext>()
    if (context !== undefined) context.title = title()
  }
  onMounted(() => watch(full, write, { immediate: true }))
  onActivated(write)
}
