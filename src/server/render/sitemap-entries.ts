import { type ContentRecord, LIST_PATHS, RECORD_KINDS, recordPath } from '#domain/record/record.ts'
import type { SitemapEntry } from './sitemap.ts'

type Listed = Pick<ContentRecord, 'kind' | 'id' | 'updatedAt' | 'sample'>

/** Public pages whose words come with the release, so that no date of change is known. */
const SCREENS = ['/contact', '/settle'] as const

/**
 * Every page that a search may find: home, the lists, the two forms and the records, newest change first. Invented records
 * (示例) are left out, and so is a list that holds nothing else.
 * @param records all that are published
 */
export function sitemapEntries(records: readonly Listed[]): SitemapEntry[] {
  const real = records
    .filter(({ sample }) => !sample)
    .map((record) => ({ record, changed: Date.parse(record.updatedAt) }))
    .sort((a, b) => b.changed - a.changed || (a.record.id < b.record.id ? -1 : 1))
    .map(({ record }) => record)
  const lists = RECORD_KINDS.flatMap((kind) => {
    const newest = real.find((record) => record.kind === kind)
    return newest === undefined ? [] : [{ path: LIST_PATHS[kind], lastModified: newest.updatedAt }]
  })
  return [
    { path: '/', lastModified: real[0]?.updatedAt },
    ...lists,
    ...SCREENS.map((path) => ({ path })),
    ...real.map((record) => ({ path: recordPath(record), lastModified: record.updatedAt })),
  ]
}
