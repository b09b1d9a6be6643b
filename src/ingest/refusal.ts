import type { Refusal } from './result.ts'

export type RefusalCode =
  'empty' | 'too-large' | 'binary' | 'encoding' | 'truncated' | 'markup' | 'not-template' | 'region'

/** Thrown inside this room where a page turns out not to be one; `importPage` answers with it and stores nothing. */
export class PageRefused extends Error {
  override readonly name = 'PageRefused'
  readonly refusal: Refusal

  /**
   * @param expected what the page should have held
   * @param found what it held instead
   */
  constructor(code: RefusalCode, expected: string, found: string) {
    const message = `应为${expected}，实为${found}`
    super(message)
    this.refusal = { code, message }
  }
}

/** A piece of the page to show in a message: one line, shortened. */
export function excerpt(text: string, max = 30): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > max ? `${line.slice(0, max)}…` : line
}
