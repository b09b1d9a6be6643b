import { inject, type InjectionKey, type Plugin, ref, type Ref } from 'vue'
import type { Messages } from './messages.ts'
import zhCN from './zh-CN.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Says a message: its place in the locale files, parted by dots, and the values that stand in it as `{name}`. */
export type Translate = (key: string, named?: Readonly<Record<string, string | number>>) => string

/** The words on screen, in the person's language. */
export interface Locale {
  language: Ref<Language>
  /** Words of a language that was not there from the start. */
  add: (language: Language, messages: Messages) => void
  /** A key that the language lacks is said in Chinese; one that no language has, as itself. */
  t: Translate
  /** Whether there is such a message. */
  te: (key: string) => boolean
}

const LOCALE: InjectionKey<Locale> = Symbol('locale')

/** A message by its place in words of a language; undefined when it is not there. */
export function find(messages: unknown, key: string): string | undefined {
  const found = key
    .split('.')
    .reduce<unknown>(
      (place, part) =>
        typeof place === 'object' && place !== null ? (place as Record<string, unknown>)[part] : undefined,
      messages,
    )
  return typeof found === 'string' ? found : undefined
}

/** Puts values in place of `{name}`. Of `one | other`, which languages with a plural have, `count` chooses. */
export function withNamed(text: string, named: Readonly<Record<string, string | number>>): string {
  const [one = '', other = one] = text.split(' | ')
  return (Number(named['count']) === 1 ? one : other).replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(named[name] ?? whole),
  )
}

/**
 * The words on screen. Chinese until the person chooses otherwise; other languages are loaded when they are chosen. Our own, for
 * all that we use of vue-i18n is named values, and its 7 kB stand in the way of every first visit.
 */
export function createLocale(): Locale & Plugin {
  const language = ref<Language>('zh-CN')
  const all: Partial<Record<Language, Messages>> & { 'zh-CN': Messages } = { 'zh-CN': zhCN }
  const message = (key: string) => find(all[language.value], key) ?? find(all['zh-CN'], key)
  const locale: Locale = {
    language,
    add: (added, messages) => {
      all[added] = messages
    },
    t: (key, named = {}) => withNamed(message(key) ?? key, named),
    te: (key) => message(key) !== undefined,
  }
  return { ...locale, install: (app) => app.provide(LOCALE, locale) }
}

/** The words on screen, in the component that asks. */
export function useLocale(): Locale {
  const locale = inject(LOCALE)
  if (locale === undefined) throw new Error('createLuodi installs the locale')
  return locale
}

/**
 * Words that are loaded with a part of the app, in the component that asks; any other key is said by the words of the whole app.
 * @param words of that part, by language
 */
export function useOwnWords(words: Record<Language, unknown>): { t: Translate } {
  const locale = useLocale()
  const t: Translate = (key, named = {}) => {
    const own = find(words[locale.language.value], key)
    return own === undefined ? locale.t(key, named) : withNamed(own, named)
  }
  return { t }
}
