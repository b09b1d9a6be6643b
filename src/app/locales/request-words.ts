import en from './en-requests.ts'
import { type Translate, useOwnWords } from './locale.ts'
import zhCN from './zh-CN-requests.ts'

/** The words that only forms and requests need, in the component that asks. */
export function useRequestWords(): { t: Translate } {
  return useOwnWords({ 'zh-CN': zhCN, en })
}
