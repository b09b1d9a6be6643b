import type { Context } from 'hono'
import { type Language, pickLanguage } from '#domain/field-messages.ts'
import { type FieldError, type Problem, PROBLEM_PREFIX } from '#domain/problem.ts'
import { problemPage } from './problem-page.ts'
import { type ProblemName, PROBLEMS } from './problem-texts.ts'

export const PROBLEM_TYPE = 'application/problem+json'

/** The `type` of a problem: a name that stays the same whatever the language. */
export function problemType(name: ProblemName): string {
  return PROBLEM_PREFIX + name
}

/**
 * Answers with a problem (RFC 9457) in the language asked for, or with a page that says the same to a person who opened an
 * address in a browser. Never cached.
 * @param extra field errors, and headers such as `Retry-After`
 */
export function problem(
  c: Context,
  name: ProblemName,
  extra: { errors?: FieldError[]; headers?: Readonly<Record<string, string>> } = {},
): Response {
  const language = pickLanguage(c.req.header('accept-language'))
  const { status, headers, body } = problemParts(name, language, extra.errors)
  if (isOpenedInBrowser(c)) {
    const html = { ...headers, 'Content-Type': 'text/html; charset=utf-8', ...extra.headers }
    return c.body(problemPage(PROBLEMS[name].title[language], language), status, html)
  }
  return c.body(body, status, { ...headers, ...extra.headers })
}

/** Programs ask for the API and the feed, and for anything else without naming HTML. */
function isOpenedInBrowser(c: Context): boolean {
  return /\btext\/html\b/.test(c.req.header('accept') ?? '') && !/^\/(api|sync)(\/|$)/.test(c.req.path)
}

/** What such an answer is made of, for a request too broken to be given to the app. */
export function problemParts(name: ProblemName, language: Language, errors?: FieldError[]) {
  const { status, title } = PROBLEMS[name]
  const body: Problem = {
    type: problemType(name),
    title: title[language],
    status,
    ...(errors === undefined ? {} : { errors }),
  }
  const headers = { 'Content-Type': PROBLEM_TYPE, 'Content-Language': language, 'Cache-Control': 'no-store' }
  return { status, headers, body: JSON.stringify(body) }
}
