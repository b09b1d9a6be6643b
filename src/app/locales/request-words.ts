import en from './en-requests.ts'
import { find, type Translate, useLocale, withNamed } from './locale.ts'
import zhCN from './zh-CN-requests.ts'

const WORDS = { 'zh-CN': zhCN, en }

/**
 * The words that only forms and requests need, in the component that asks; any other key is said by the words of the whole app.
 */
export function useRequestWords(): { t: Translate } {
  const locale = useLocale()
  const t: Translate = (key, named = {}) => {
    const own = find(WORDS[locale.language.value], key)
    return own === undefined ? locale.t(key, named) : withNamed(own, named)
  }
  return { t }
}
