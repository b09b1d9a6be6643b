import * as v from 'valibot'
import { SECTIONS } from './industry-data.ts'

/** A section of GB/T 4754-2017 (`C`) and, where known, one of its divisions (`36`). */
export const IndustrySchema = v.pipe(
  v.object({
    section: v.pipe(v.string(), v.regex(/^[A-T]$/, 'industry.unknown')),
    division: v.optional(v.pipe(v.string(), v.regex(/^\d{2}$/, 'industry.unknown'))),
  }),
  v.check(
    ({ section, division }) => division === undefined || SECTIONS[section]?.divisions[division] !== undefined,
    'industry.unknown',
  ),
)
export type Industry = v.InferOutput<typeof IndustrySchema>

/**
 * Reads a code as the standard writes it.
 * @returns undefined when it is not a code
 */
export function parseIndustryCode(code: string): Industry | undefined {
  const [, section, division] = /^([A-T])(\d{2})?$/.exec(code) ?? []
  if (section === undefined) return undefined
  const industry: Industry = division === undefined ? { section } : { section, division }
  return v.is(IndustrySchema, industry) ? industry : undefined
}
