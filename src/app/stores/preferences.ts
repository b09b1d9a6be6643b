import { defineStore } from 'pinia'
import { ref } from 'vue'
import { type Language, LANGUAGES } from '../locales/locale.ts'

export const TEXT_SIZES = ['standard', 'large', 'larger'] as const
const KEY = 'luodi-preferences'

type TextSize = (typeof TEXT_SIZES)[number]
interface Preferences {
  language: Language
  textSize: TextSize
}

/** Reads what the person chose on this phone; Chinese and standard size unless they did. No schema: this is in every first visit. */
function stored(): Preferences {
  let values: unknown[] = []
  try {
    values = Object.values(JSON.parse(localStorage.getItem(KEY) ?? '{}') as object)
  } catch {
    // Private modes refuse localStorage, and a broken value is no choice: the defaults serve.
  }
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
    try {
      localStorage.setItem(KEY, JSON.stringify({ language: language.value, textSize: textSize.value }))
    } catch {
      // Without storage the choice holds until the app is closed.
    }
  }

  function apply(): void {
    showPreferences({ language: language.value, textSize: textSize.value })
  }

  return { language, textSize, restore, choose }
})
