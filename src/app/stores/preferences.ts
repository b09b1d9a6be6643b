import { defineStore } from 'pinia'
import { ref } from 'vue'
import { type Language, LANGUAGES } from '../locales/locale.ts'
import { readStored, writeStored } from '../stored-json.ts'

export const TEXT_SIZES = ['standard', 'large', 'larger'] as const
const KEY = 'luodi-preferences'

type TextSize = (typeof TEXT_SIZES)[number]
interface Preferences {
  language: Language
  textSize: TextSize
}

/** Reads what the person chose on this phone; Chinese and standard size unless they did. No schema: this is in every first visit. */
function stored(): Preferences {
  const values: unknown[] = Object.values(readStored(KEY) ?? {})
  return {
    language: LANGUAGES.find((known) => values.includes(known)) ?? 'zh-CN',
    textSize: TEXT_SIZES.find((known) => values.includes(known)) ?? 'standard',
  }
}

/** Shows text size and language of this phone on the document, before anything is drawn. */
export function showPreferences({ language, textSize } = stored()): void {
  document.documentElement.lang = language
  document.documentElement.dataset['textSize'] = textSize
}

/** Language and text size. */
export const usePreferences = defineStore('preferences', () => {
  const language = ref<Language>('zh-CN')
  const textSize = ref<TextSize>('standard')

  /** Takes over what is stored on this phone. Called once, after mounting. */
  function restore(): void {
    const preferences = stored()
    language.value = preferences.language
    textSize.value = preferences.textSize
    apply()
  }

  function choose(change: Partial<Preferences>): void {
    if (change.language !== undefined) language.value = change.language
    if (change.textSize !== undefined) textSize.value = change.textSize
    apply()
    writeStored(KEY, { language: language.value, textSize: textSize.value })
  }

  function apply(): void {
    showPreferences({ language: language.value, textSize: textSize.value })
  }

  return { language, textSize, restore, choose }
})
