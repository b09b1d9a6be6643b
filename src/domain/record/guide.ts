import * as v from 'valibot'
import { IsoDate, line, SafeLink } from '../text.ts'
import { commonFields } from './common.ts'
import { TRACKS } from './terms.ts'

const GuideStepSchema = v.object({
  title: line(80),
  /** Whom to ask. */
  office: line(120),
  materials: v.array(line(200)),
  /** 法定时限 and 承诺时限, as published. */
  legalTerm: v.optional(line(80)),
  promisedTerm: v.optional(line(80)),
  link: v.optional(SafeLink),
  note: v.optional(v.string()),
})

/** 投资流程: the steps of one track, and when they were last checked. */
export const GuideSchema = v.object({
  ...commonFields,
  kind: v.literal('guide'),
  track: v.picklist(TRACKS),
  steps: v.array(GuideStepSchema),
  verifiedAt: IsoDate,
})
export type Guide = v.InferOutput<typeof GuideSchema>
