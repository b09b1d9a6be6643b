import * as v from 'valibot'
import { IndustrySchema } from '../industry.ts'
import { line } from '../text.ts'
import { commonFields, positive } from './common.ts'
import { PROJECT_STAGES } from './terms.ts'

/** 招商项目: a project, or news about one. */
export const ProjectSchema = v.object({
  ...commonFields,
  kind: v.literal('project'),
  stage: v.optional(v.picklist(PROJECT_STAGES)),
  investor: v.optional(line(120)),
  /** In 万元. */
  totalInvestment: v.optional(positive),
  industry: v.optional(IndustrySchema),
  site: v.optional(line(200)),
})
export type Project = v.InferOutput<typeof ProjectSchema>
