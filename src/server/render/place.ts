import { FORM_PATHS } from '#domain/inquiry/about.ts'
import type { InquiryType } from '#domain/inquiry/inquiry.ts'
import { LIST_PATHS, RECORD_KINDS, recordPath, type RecordKind } from '#domain/record/kind.ts'

/** Pages whose content lives on the phone alone: they are the same for everybody. */
const OWN_PAGES: ReadonlySet<string> = new Set([
  '/compare',
  '/me',
  '/me/inquiries',
  '/me/bookmarks',
  '/me/pack',
  '/me/storage',
  '/me/privacy',
])
const OWN_INQUIRY = /^\/me\/inquiries\/[^/]+$/

/** What a path of this site leads to. */
export type Place =
  | { to: 'home' | 'search' | 'nowhere' }
  | { to: 'own'; path: string }
  | { to: 'list'; kind: RecordKind }
  | { to: 'record'; kind: RecordKind; id: string }
  | { to: 'form'; type: InquiryType }

/**
 * Finds out what a path leads to.
 * @param path of the URL, with or without a slash at the end
 * @returns `file` for what is never answered with a page: a script that got HTML would break silently
 */
export function placeOf(path: string): Place | { to: 'file' } {
  const plain = path === '/' ? path : path.replace(/\/$/, '')
  if (plain === '/') return { to: 'home' }
  if (plain === '/search') return { to: 'search' }
  if (OWN_PAGES.has(plain)) return { to: 'own', path: plain }
  // Which request it is, only the phone knows: the page is the same for all.
  if (OWN_INQUIRY.test(plain)) return { to: 'own', path: '/me/inquiries/one' }
  if (plain === FORM_PATHS.contact) return { to: 'form', type: 'contact' }
  if (plain === FORM_PATHS.settlement) return { to: 'form', type: 'settlement' }
  for (const kind of RECORD_KINDS) {
    if (plain === LIST_PATHS[kind]) return { to: 'list', kind }
    const [id, ...rest] = plain.startsWith(`${LIST_PATHS[kind]}/`)
      ? plain.slice(LIST_PATHS[kind].length + 1).split('/')
      : []
    if (id !== undefined && rest.length === 0) return { to: 'record', kind, id }
  }
  return /^\/(api|assets|icons|media|sync)\/|\.[^/]*$/.test(plain) ? { to: 'file' } : { to: 'nowhere' }
}

/** Parameters that change what a list shows, besides its page. */
const FILTERS: Readonly<Record<RecordKind, readonly string[]>> = {
  article: ['tag'],
  project: ['stage'],
  policy: ['docType'],
  park: ['town'],
  listing: ['type', 'status'],
  guide: ['track'],
}
/** Longer values are nobody's: they are left out. */
const MOST_CHARACTERS = 200

/**
 * The address of what a page shows: its path, with those parameters of a query that change it. All addresses of one page lead
 * to one rendering.
 */
export function pageAddress(place: Place, url: URL): string {
  switch (place.to) {
    case 'list':
      return withQuery(LIST_PATHS[place.kind], url.searchParams, [...FILTERS[place.kind], 'page'])
    case 'search':
      return withQuery('/search', url.searchParams, ['q', 'kind', 'region', 'days'])
    case 'form':
      return withQuery(FORM_PATHS[place.type], url.searchParams, ['about'])
    case 'record':
      return recordPath(place)
    case 'nowhere':
      return '/nowhere'
    case 'home':
      return '/'
    case 'own':
      return place.path
  }
}

function withQuery(path: string, given: URLSearchParams, names: readonly string[]): string {
  const query = new URLSearchParams()
  for (const name of names) {
    const value = given.get(name)
    if (value !== null && value !== '' && value.length <= MOST_CHARACTERS && !(name === 'page' && value === '1'))
      query.set(name, value)
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`
}
