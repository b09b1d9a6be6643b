import * as v from 'valibot'
import { type Article, ArticleSchema } from './article.ts'
import { type Guide, GuideSchema } from './guide.ts'
import type { RecordKind } from './kind.ts'
import { type Listing, ListingSchema } from './listing.ts'
import { type Park, ParkSchema } from './park.ts'
import { type Policy, PolicySchema } from './policy.ts'
import { type Project, ProjectSchema } from './project.ts'

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
