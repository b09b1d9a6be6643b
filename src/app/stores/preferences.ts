import * as v from 'valibot'
import { defineStore } from 'pinia'
import { ref } from 'vue'

export const TEXT_SIZES = ['standard', 'large', 'larger'] as const
export const LANGUAGES = ['zh-CN', 'en'] as const
const KEY = 'luodi-preferences'

const PreferencesSchema = v.object({
  language: v.fallback(v.picklist(LANGUAGES), 'zh-CN'),
  textSize: v.fallback(v.picklist(TEXT_SIZES), 'standard'),
})
export type Preferences = v.InferOutput<typeof PreferencesSchema>

/** Reads what the person chose on this phone; Chinese and standard size unless they did. */
function stored(): Preferences {
  try {
    return v.parse(PreferencesSchema, JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    // Private modes refuse localStorage, and a broken value is no choice: the defaults serve.
    return v.parse(PreferencesSchema, {})
  }
}

/** Language and text size. */
export const usePreferences = defineStore('preferences', () => {
  const language = ref<Preferences['language']>('zh-CN')
  const textSize = ref<Preferences['textSize']>('standard')

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
    document.documentElement.lang = language.value
    document.documentElement.dataset['textSize'] = textSize.value
  }

  return { language, textSize, restore, choose }
})
