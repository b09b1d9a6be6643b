import en from './en-storage.ts'
import { type Translate, useOwnWords } from './locale.ts'
import zhCN from './zh-CN-storage.ts'

/** The words that only 离线与存储 needs, in the component that asks. */
export function useStorageWords(): { t: Translate } {
  return useOwnWords({ 'zh-CN': zhCN, en })
}
