import { LIST_PATHS, RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'

/** Screens that are no record's page. They are the same for everybody; what they show lives on the phone. */
const SCREENS: ReadonlySet<string> = new Set([
  '/',
  ...Object.values(LIST_PATHS),
  '/search',
  '/compare',
  '/contact',
  '/settle',
  '/me',
  '/me/inquiries',
  '/me/bookmarks',
  '/me/pack',
  '/me/storage',
  '/me/privacy',
])
const OWN_INQUIRY = /^\/me\/inquiries\/[^/]+$/

/** What a path of this site leads to. A `file` is never answered with a page: a script that got HTML would break silently. */
type Destination =
  { to: 'screen' } | { to: 'record'; kind: RecordKind; id: string } | { to: 'file' } | { to: 'nowhere' }

/**
 * Finds out what a path leads to.
 * @param path of the URL, with or without a slash at the end
 */
export function destination(path: string): Destination {
  const plain = path === '/' ? path : path.replace(/\/$/, '')
  if (SCREENS.has(plain) || OWN_INQUIRY.test(plain)) return { to: 'screen' }
  for (const kind of RECORD_KINDS) {
    const [id, ...rest] = plain.startsWith(`${LIST_PATHS[kind]}/`)
      ? plain.slice(LIST_PATHS[kind].length + 1).split('/')
      : []
    if (id !== undefined && rest.length === 0) return { to: 'record', kind, id }
  }
  return /^\/(api|assets|icons|media|sync)\/|\.[^/]*$/.test(plain) ? { to: 'file' } : { to: 'nowhere' }
}
