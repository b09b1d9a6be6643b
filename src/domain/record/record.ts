import * as v from 'valibot'
import { type Article, ArticleSchema } from './article.ts'
import { type Guide, GuideSchema } from './guide.ts'
import { type Listing, ListingSchema } from './listing.ts'
import { type Park, ParkSchema } from './park.ts'
import { type Policy, PolicySchema } from './policy.ts'
import { type Project, ProjectSchema } from './project.ts'

export const RECORD_KINDS = ['article', 'project', 'policy', 'park', 'listing', 'guide'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/** Any record. A new kind is added here, and everything that must know of it stops compiling until it does. */
export const ContentRecordSchema = v.variant('kind', [
  ArticleSchema,
  ProjectSchema,
  PolicySchema,
  ParkSchema,
  ListingSchema,
  GuideSchema,
])
export type ContentRecord = Article | Project | Policy | Park | Listing | Guide
export type RecordOf<K extends RecordKind> = Extract<ContentRecord, { kind: K }>

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
