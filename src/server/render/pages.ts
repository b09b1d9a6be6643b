import type { Clock } from '#domain/clock.ts'
import { dayStart } from '#domain/shanghai.ts'
import type { PostedForm } from '#domain/rendering.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import type { Database } from '../db/database.ts'
import type { Published, PublishedContent } from '../feed/published.ts'
import { recordStatus } from '../feed/record-status.ts'
import { AnswerCache } from '../http/answer-cache.ts'
import { shanghaiDate } from '../shanghai-time.ts'
import type { DocumentTemplate } from './document.ts'
import { headOf } from './head-of.ts'
import { type Page, pageOf, type PageStatus } from './page.ts'
import { pageAddress, type Place } from './place.ts'
import type { Renderer } from './renderer.ts'

/** Rendered pages kept, in each encoding: about 60 kB each. */
const CACHED_PAGES = 500

export interface PageDeps {
  database: Database
  published: PublishedContent
  renderer: Renderer
  template: DocumentTemplate
  now: Clock
  /** When this release was built, ms since 1970 (UTC). */
  builtAt: number
}

/** Makes pages. */
export interface Pages {
  /**
   * The page at an address, rendered once for each version of the content and each day.
   * @param origin scheme and host at which people reach this site
   */
  page(place: Place, url: URL, origin: string): Promise<Page>
  /** A page with a form for one person: never kept. @returns HTML */
  formPage(place: Place, url: URL, origin: string, form: PostedForm): Promise<string>
}

/** @param deps what pages are made of */
export function createPages(deps: PageDeps): Pages {
  const cache = new AnswerCache<Page>(CACHED_PAGES)

  return {
    async page(place, url, origin) {
      const content = await deps.published.current()
      const today = shanghaiDate(deps.now())
      const address = pageAddress(place, url)
      const make = () => makePage(deps, { place, address, origin, content, today })
      // What is not there has no end of addresses.
      if (place.to === 'record' && content.find(place.kind, place.id) === undefined) return make()
      const { epoch, version } = content.version
      const page = await cache.get([epoch, version, today, origin, address].join(' '), make)
      // A change may have been published between the look at the lists and the look at the record.
      const isStill = place.to !== 'record' || (await deps.published.current()).version === content.version
      return page !== undefined && isStill ? page : this.page(place, url, origin)
    },
    async formPage(place, url, origin, form) {
      const content = await deps.published.current()
      const today = shanghaiDate(deps.now())
      return htmlOf(deps, { place, address: pageAddress(place, url), origin, content, today, form }, 200, undefined)
    },
  }
}

/** What one page is about. */
export interface PageRequest {
  place: Place
  address: string
  origin: string
  content: Published
  today: string
  form?: PostedForm
}

async function makePage(deps: PageDeps, request: PageRequest): Promise<Page> {
  const { place, content, today } = request
  const record = place.to === 'record' ? await publishedRecord(deps, content, place) : undefined
  const status = await statusOf(deps, place, record)
  const html = await htmlOf(deps, request, status, record)
  const midnight = Date.parse(dayStart(today))
  return pageOf(html, Math.max(content.version.changedAt, deps.builtAt, midnight), status)
}

async function publishedRecord(
  { database }: PageDeps,
  content: Published,
  { kind, id }: Extract<Place, { to: 'record' }>,
): Promise<ContentRecord | undefined> {
  if (content.find(kind, id) === undefined) return undefined
  const row = await database.db
    .selectFrom('record')
    .select('json')
    .where('id', '=', id)
    .where('status', '=', 'published')
    .executeTakeFirst()
  return row === undefined ? undefined : (JSON.parse(row.json) as ContentRecord)
}

const MISSING = { published: 404, withdrawn: 410, unknown: 404 } as const

async function statusOf({ database }: PageDeps, place: Place, record: ContentRecord | undefined): Promise<PageStatus> {
  if (place.to === 'nowhere') return 404
  if (place.to !== 'record' || record !== undefined) return 200
  return MISSING[await recordStatus(database.db, place.kind, place.id)]
}

async function htmlOf(
  { renderer, template }: PageDeps,
  request: PageRequest,
  status: PageStatus,
  record: ContentRecord | undefined,
): Promise<string> {
  const { address, content, today, form } = request
  const page = await renderer.render({
    url: address,
    content: content.version,
    today,
    catalogue: {
      list: content.list,
      record: (kind, id) =>
        (record?.kind === kind && record.id === id ? record : undefined) as Extract<
          ContentRecord,
          { kind: typeof kind }
        >,
    },
    ...(form === undefined ? {} : { form }),
  })
  return template.write({
    head: headOf(request, page, status, record),
    html: page.html,
    data: page.data,
    scripts: renderer.scriptsOf(page.modules),
  })
}
