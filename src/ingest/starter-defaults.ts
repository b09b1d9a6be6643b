import { JIADING, jiadingName } from '#domain/jiading.ts'
import type { Region } from '#domain/region.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import { recordId } from './record-id.ts'

/** A record as a person writes it: whatever fields they gave, not yet checked. */
export type Draft = Readonly<Record<string, unknown>>

/**
 * A draft with everything a writer may leave out: the region (Jiading; a town's code alone is enough), `sample`
 * (false), empty lists, and the day of publication as the time of the last change. The id follows from kind, title and
 * region, as for an imported page, so that both meet in the same record.
 */
export function withDefaults(kind: RecordKind, draft: Draft): Draft {
  const region = regionOf(draft['region'])
  const { title, publishedAt } = draft
  return {
    summary: '',
    tags: [],
    sample: false,
    images: [],
    attachments: [],
    id: recordId(kind, typeof title === 'string' ? title : '', codeOf(region)),
    ...(typeof publishedAt === 'string' ? { updatedAt: startOfDay(publishedAt) } : {}),
    kind,
    ...draft,
    region,
  }
}

function regionOf(given: unknown): unknown {
  if (given === undefined) return JIADING
  if (typeof given !== 'string' && typeof given !== 'number') return given
  const code = String(given)
  const name = jiadingName(code)
  return { code, ...(name === undefined ? {} : { name }) } satisfies Partial<Region>
}

function codeOf(region: unknown): string {
  const code = typeof region === 'object' && region !== null && 'code' in region ? region.code : undefined
  return typeof code === 'string' ? code : JIADING.code
}

/** Midnight in China, where the date was written; an impossible date is left for the schema to name. */
function startOfDay(date: string): string | undefined {
  const instant = new Date(`${date}T00:00:00+08:00`)
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString()
}
