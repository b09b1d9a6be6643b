import * as v from 'valibot'
import { line } from '../text.ts'
import { commonFields } from './common.ts'

/** 资讯: news and reports. */
export const ArticleSchema = v.object({
  ...commonFields,
  kind: v.literal('article'),
  /** The words in 【】 before the title. */
  column: v.optional(line(40)),
  author: v.optional(line(80)),
})
export type Article = v.InferOutput<typeof ArticleSchema>
