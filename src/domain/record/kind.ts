/** The kinds of record. They stand apart from their schemas, which a page that only shows records does without. */
export const RECORD_KINDS = ['article', 'project', 'policy', 'park', 'listing', 'guide'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/** Path of a kind's list; a record's own page is below it. */
export const LIST_PATHS: Readonly<Record<RecordKind, string>> = {
  article: '/articles',
  project: '/projects',
  policy: '/policies',
  park: '/parks',
  listing: '/listings',
  guide: '/guides',
}

/** Path of a record's page. */
export function recordPath(record: { kind: RecordKind; id: string }): string {
  return `${LIST_PATHS[record.kind]}/${record.id}`
}
