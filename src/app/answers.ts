import type { Catalogue, ContentVersion, PageData, PostedForm } from '#domain/rendering.ts'
import { inject, type InjectionKey } from 'vue'

/** What is known before the phone was asked: on the server, by asking the catalogue; in the browser, what came with the page. */
export interface Answers {
  /**
   * @param question names it; the same question has the same answer all over a page
   * @param ask how the catalogue answers; not called in the browser
   * @returns undefined where the phone has to be asked
   */
  answer<T>(question: string, ask: (catalogue: Catalogue) => T): { value: T } | undefined
  /** What a person typed into the page's form before its scripts came, by field name. Empty where there is none. */
  typed: () => ReadonlyMap<string, string>
  /** The page they belong to; undefined when none came. */
  readonly page: { content: ContentVersion; today: string; form?: PostedForm } | undefined
}

export const ANSWERS: InjectionKey<Answers> = Symbol('answers')

/** The answers that the app was created with. */
export function useAnswers(): Answers {
  const answers = inject(ANSWERS)
  if (answers === undefined) throw new Error('createLuodi provides ANSWERS')
  return answers
}

/** Answers from the catalogue, and writes each down. */
export function writtenAnswers(catalogue: Catalogue, data: PageData): Answers {
  return {
    page: data,
    typed: () => new Map(),
    answer(question, ask) {
      const value = ask(catalogue)
      // JSON has no undefined; "there is none" is an answer too.
      data.answers[question] = value ?? null
      return { value }
    },
  }
}

/**
 * Answers with what came with the page, until `forget` is called: the page that the person goes to next reads the phone.
 * @param data undefined where nothing came
 */
export function broughtAnswers(data: PageData | undefined): Answers & { forget(): void } {
  let brought = data
  return {
    get page() {
      return brought
    },
    answer<T>(question: string) {
      if (brought === undefined || !(question in brought.answers)) return undefined
      return { value: (brought.answers[question] ?? undefined) as T }
    },
    typed() {
      const form = brought === undefined ? null : document.querySelector<HTMLFormElement>('main form')
      const fields = form === null ? [] : [...new FormData(form)]
      return new Map(fields.filter((field): field is [string, string] => typeof field[1] === 'string'))
    },
    forget() {
      brought = undefined
    },
  }
}
