import * as v from 'valibot'
import { ArticleSchema } from './article.ts'
import { GuideSchema } from './guide.ts'
import { ListingSchema } from './listing.ts'
import { ParkSchema } from './park.ts'
import { PolicySchema } from './policy.ts'
import { ProjectSchema } from './project.ts'
import { LONG_FIELDS } from './split.ts'

const [FactorySchema, LandSchema, OfficeSchema] = ListingSchema.options

/** What lists show of a record: a copy of the content has it before the rest. */
export const ShortRecordSchema = v.variant('kind', [
  v.omit(ArticleSchema, LONG_FIELDS),
  v.omit(ProjectSchema, LONG_FIELDS),
  v.omit(PolicySchema, LONG_FIELDS),
  v.omit(ParkSchema, LONG_FIELDS),
  v.omit(GuideSchema, LONG_FIELDS),
  v.variant('type', [
    v.omit(FactorySchema, LONG_FIELDS),
    v.omit(LandSchema, LONG_FIELDS),
    v.omit(OfficeSchema, LONG_FIELDS),
  ]),
])
