import type { Context } from 'hono'
import type { Clock } from '#domain/clock.ts'
import { pickLanguage } from '#domain/field-messages.ts'
import { MAX_INQUIRY_BYTES } from '#domain/inquiry/inquiry.ts'
import type { Subject } from '#domain/inquiry/subject.ts'
import { parseAbout } from '#domain/inquiry/about.ts'
import type { PostedForm } from '#domain/rendering.ts'
import type { Database } from '../db/database.ts'
import type { Published } from '../feed/published.ts'
import { problem } from '../http/problems.ts'
import { isSameSite } from '../http/same-site.ts'
import { BodyAbortedError, BodyTooLargeError, readBody } from '../inquiries/body.ts'
import { freshForm, receivePost } from '../inquiries/posted-form.ts'
import type { Pages } from './pages.ts'
import type { Place } from './place.ts'
import { sendOwnPage } from './respond.ts'

/** A Chinese character is three bytes in JSON and nine in a posted form. */
const MAX_FORM_BYTES = 3 * MAX_INQUIRY_BYTES

type FormPlace = Extract<Place, { to: 'form' }>

interface FormDeps {
  database: Database
  pages: Pages
  published: { current(): Promise<Published> }
  now: Clock
}

/**
 * The form, for one person. Browsers may show it again when they go back to it, and then with the same id: what is sent once
 * more from there is stored once.
 */
export async function showForm(c: Context, { pages }: FormDeps, place: FormPlace, origin: string): Promise<Response> {
  return sendOwnPage(c, await pages.formPage(place, new URL(c.req.url), origin, freshForm()), 200, 'private, no-cache')
}

/**
 * Takes a form that was posted without JavaScript, and answers with the receipt, or with the form and what to correct in it.
 * What was typed stands in the answer, unless it came from another site: what that wrote is not ours to show.
 */
export async function takeForm(c: Context, deps: FormDeps, place: FormPlace, origin: string): Promise<Response> {
  const values = await postedValues(c)
  if (values instanceof Response) return values
  const url = new URL(c.req.url)
  const { type } = place
  const language = pickLanguage('zh-CN')
  const subject = subjectOf(url, await deps.published.current())
  const answer = async (form: PostedForm, status: 201 | 403 | 409 | 422) =>
    sendOwnPage(c, await deps.pages.formPage(place, url, origin, form), status)

  if (!isSameSite(c, origin)) return answer({ ...freshForm(), refusal: 'otherSite' }, 403)
  const form = await receivePost(deps.database, { type, subject, values, language }, deps.now())
  if (form.receipt !== undefined) return answer(form, 201)
  return answer(form, form.refusal === undefined ? 422 : 409)
}

async function postedValues(c: Context): Promise<URLSearchParams | Response> {
  const [type = ''] = (c.req.header('Content-Type') ?? '').split(';')
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return problem(c, 'form-type')
  try {
    return new URLSearchParams(new TextDecoder().decode(await readBody(c.req.raw, MAX_FORM_BYTES)))
  } catch (error) {
    if (error instanceof BodyTooLargeError) return problem(c, 'body-too-large')
    if (error instanceof BodyAbortedError) return problem(c, 'body-aborted')
    throw error
  }
}

/** What the form is about; a record that is not published is nothing to ask about. */
function subjectOf(url: URL, content: Published): Subject | undefined {
  const about = parseAbout(url.searchParams.get('about'))
  const item = about && content.find(about.kind, about.id)
  return item && { kind: item.kind, id: item.id, title: item.title }
}
