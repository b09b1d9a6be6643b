import type { Region } from '#domain/region.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import type { DateReading } from './dates.ts'
import { type Place } from './places.ts'
import { excerpt, PageRefused } from './refusal.ts'
import { describePlaces } from './named-place.ts'
import { recordId } from './record-id.ts'
import { type RegionReading, regionOf } from './regions.ts'
import type { Doubt } from './result.ts'

type Common = Pick<
  ContentRecord,
  | 'id'
  | 'title'
  | 'summary'
  | 'region'
  | 'tags'
  | 'publishedAt'
  | 'updatedAt'
  | 'source'
  | 'sample'
  | 'images'
  | 'attachments'
>

/** What all records of a page share. */
export interface PageFacts {
  region: Region
  /** Undefined while nobody has said which of several places is meant. */
  place?: Place
  date: DateReading
  source: ContentRecord['source']
  /** Why nothing of this page may go out unseen. */
  doubts: Doubt[]
}

/** Longest title that is taken for one; the schema's own limit is 200. */
const LONG_TITLE = 120
const MAX_TITLE = 200
/** What a reader of another encoding leaves in place of a character that it could not read. */
export const REPLACEMENT = '\uFFFD'
/** In place of a code while a region is not known: 中华人民共和国 as a whole. */
const UNDECIDED = '100000'

/**
 * The region that records of a page carry, and why it needs a person.
 * @throws PageRefused when the page names no place of China
 */
export function pageRegion(reading: RegionReading): Pick<PageFacts, 'region' | 'place' | 'doubts'> {
  if (reading.state === 'found') return { region: reading.region, place: reading.place, doubts: [] }
  if (reading.state === 'ambiguous') {
    const message = `所属地区“${excerpt(reading.text)}”不止一处（${describePlaces(reading.candidates)}），地区未定，请补上所属省市后再发布`
    return {
      region: { code: UNDECIDED, name: reading.text.slice(0, 40) },
      doubts: [{ code: 'region-ambiguous', message }],
    }
  }
  if (reading.nearest === undefined) {
    throw new PageRefused('region', '中国的省、市、县（区）名称作为所属地区', `“${excerpt(reading.text)}”`)
  }
  const region = regionOf(reading.nearest)
  const message = `所属地区“${excerpt(reading.text)}”只认出“${region.name}”，其余不在区划表中，请核对地区后再发布`
  return { region, place: reading.nearest, doubts: [{ code: 'region-unknown', message }] }
}

/** The fields every record has, for a title as the page prints it. */
export function commonFields(
  kind: RecordKind,
  title: string,
  publishedAt: string,
  facts: PageFacts,
  region = facts.region,
): Common {
  return {
    id: recordId(kind, title, region.code),
    title: title.slice(0, MAX_TITLE),
    summary: '',
    region,
    tags: [],
    publishedAt,
    // The source knows no other time, and importing again must change nothing.
    updatedAt: `${publishedAt}T00:00:00+08:00`,
    source: facts.source,
    sample: false,
    images: [],
    attachments: [],
  }
}

export function titleDoubt(title: string): Doubt[] {
  if (title.includes(REPLACEMENT))
    return [{ code: 'text-garbled', message: '标题中有无法辨认的字（�），请对照原页改正' }]
  if (title.length <= LONG_TITLE) return []
  return [{ code: 'title-long', message: `标题有 ${title.length} 个字符，可能混入了正文，请核对` }]
}

/** A date to file a record under, with the reason why it is not the page's. */
export function settleDate(date: DateReading | undefined, facts: PageFacts): { publishedAt: string; doubts: Doubt[] } {
  if (date && 'iso' in date) return { publishedAt: date.iso, doubts: [] }
  const publishedAt = facts.source.retrievedAt
  const doubt =
    date === undefined
      ? { code: 'date-missing', message: `没有日期，暂记为取得日期 ${publishedAt}，请补上后再发布` }
      : {
          code: 'date-invalid',
          message: `日期“${excerpt(date.bad)}”不存在或不完整，暂记为取得日期 ${publishedAt}，请核对后再发布`,
        }
  return { publishedAt, doubts: [doubt] }
}
