import type { Industry } from './industry.ts'
import { SECTIONS } from './industry-data.ts'

/** The code as the standard writes it: `C36`. */
export function industryCode(industry: Industry): string {
  return `${industry.section}${industry.division ?? ''}`
}

/** The name of the division, or of the section where no division is given. */
export function industryName(industry: Industry): string {
  const section = SECTIONS[industry.section]
  return (industry.division && section?.divisions[industry.division]) ?? section?.name ?? industryCode(industry)
}
