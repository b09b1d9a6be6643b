import * as v from 'valibot'

/** GB/T 2260 code of a province, city or county (6 digits), or with the town's three digits of GB/T 10114 (9). */
const RegionCode = v.pipe(v.string(), v.regex(/^\d{6}(\d{3})?$/, 'region.code'))

export const RegionSchema = v.object({
  code: RegionCode,
  name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(40)),
})
export type Region = v.InferOutput<typeof RegionSchema>
