import type { Progress } from '#replica/bringing.ts'
import { computed, type Ref } from 'vue'
import { useLocale } from '../locales/locale.ts'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/** What a search cannot know, in words: texts that are not on this phone. Undefined where all are here. */
export function useMissingTexts(): Readonly<Ref<string | undefined>> {
  const { t } = useLocale()
  const phone = usePhone()
  const { value: progress } = useLive<Progress | undefined>(() => phone.replica?.progress(), undefined)
  return computed(() => {
    // Until it is known what is wanted, it is not known what is missing.
    if (phone.replica !== undefined && phone.wish === undefined) return t('search.textsUnknown')
    if (phone.wish?.depth === 'titles') return t('search.titlesOnly')
    const { here, wanted } = progress.value?.texts ?? {}
    if (here === undefined || wanted === undefined || here.count >= wanted.count) return undefined
    return t('search.textsMissing', { here: here.count, wanted: wanted.count })
  })
}
