import type { Graph, Thing } from 'schema-dts'
import { LIST_PATHS, recordPath } from '#domain/record/kind.ts'
import { sound } from './escape.ts'
import { KIND_NAMES } from './site.ts'
import { breadcrumbList, type Crumb } from './things/breadcrumbs.ts'
import { guideThing } from './things/guide.ts'
import { listingThing } from './things/listing.ts'
import { articleThing, projectThing } from './things/news.ts'
import { organization } from './things/organization.ts'
import type { RecordPage } from './things/record-page.ts'
import { parkThing } from './things/park.ts'
import { policyThings } from './things/policy.ts'
import { webSite } from './things/web-site.ts'

/** What the home page tells of: the site, its search and who publishes it. */
export function siteThings(origin: string): Thing[] {
  return [webSite(origin), organization(origin)]
}

/**
 * What a record's page tells of, in the words of schema.org, and the way to it. Only what the record says: a field that is
 * absent stays absent. Of an invented record (示例) nothing is said.
 */
export function recordThings(page: RecordPage): Thing[] {
  if (page.record.sample) return []
  return [...ownThings(page), organization(page.origin)]
}

/** The way to a page; none where it has no step. */
export function wayThings(origin: string, crumbs: readonly Crumb[]): Thing[] {
  return crumbs.length === 0 ? [] : [breadcrumbList(origin, crumbs)]
}

/** The way to a record's page: home, its kind's list, itself. */
export function recordCrumbs(record: RecordPage['record']): Crumb[] {
  return [
    { name: '首页', path: '/' },
    { name: KIND_NAMES[record.kind], path: LIST_PATHS[record.kind] },
    { name: record.title, path: recordPath(record) },
  ]
}

/**
 * The things as a data block (HTML, "script", data blocks: a `script-src` does not concern it). `<` is escaped, so that no
 * text of a record can end the block or open a comment in it.
 * @returns nothing where there is nothing to say
 */
export function jsonLdScript(things: readonly Thing[]): string {
  if (things.length === 0) return ''
  const graph: Graph = { '@context': 'https://schema.org', '@graph': things }
  const json = JSON.stringify(graph, (_, value: unknown) => (typeof value === 'string' ? sound(value) : value))
  return `<script type="application/ld+json">${json.replaceAll('<', '\\u003c')}</script>`
}

function ownThings({ record, ...page }: RecordPage): Thing[] {
  switch (record.kind) {
    case 'article':
      return [articleThing({ ...page, record })]
    case 'project':
      return [projectThing({ ...page, record })]
    case 'policy':
      return policyThings({ ...page, record })
    case 'park':
      return [parkThing({ ...page, record })]
    case 'listing':
      return [listingThing({ ...page, record })]
    case 'guide':
      return [guideThing({ ...page, record })]
  }
}
