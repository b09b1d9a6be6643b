import { IN_TAGS, IN_TEXT, IN_TITLE, type Place, type SearchDocument } from './document.ts'

/**
 * Documents that were indexed together; it never changes. They stand newest first, so that their numbers, counted from 0, are
 * the order in which they are shown.
 */
export interface Segment {
  /** Names it; its lists are kept under it. */
  key: number
  size: number
  /** By document, parted by line breaks. */
  ids: string
  /** Index into `kinds`, by document. */
  kindOf: Uint8Array
  kinds: string[]
  /** Index into `regions`, by document. */
  regionOf: Uint16Array
  regions: { code: string; name: string }[]
  /** `YYYYMMDD` as a number, by document. */
  dates: Uint32Array
  /** Positions below belong to the title, by document. */
  titleEnds: Uint32Array
  /** Positions below belong to title or tags, by document. */
  tagEnds: Uint32Array
  /** Bits that hold any position, by document. */
  widths: Uint8Array
  /** First key of each chunk of its lists. */
  firstKeys: Float64Array
  /**
   * Of one whose chunks are in a file, where each begins, in bytes, and where the last one ends. Chunks with a key of their own
   * are read several times as fast; but what they took is not free for long after they were dropped, and a file's is at once.
   */
  starts?: Uint32Array
  /** Ids that older segments may hold and that were taken out since; parted by line breaks. */
  removed: string
}

/** What has to be known to read and write positions. */
export type PositionLayout = Pick<Segment, 'titleEnds' | 'tagEnds' | 'widths'>

/** What a segment is made with, beside its postings. */
export type SegmentHead = Omit<Segment, 'key' | 'firstKeys' | 'starts'>

/** What a segment knows of a document; another release may have known other kinds. */
export type DocumentFacts = Pick<SearchDocument, 'id' | 'region' | 'publishedAt'> & { kind: string }

/** The place of what stands at a position of a document. */
export const placeAt = (
  { titleEnds, tagEnds }: Pick<Segment, 'titleEnds' | 'tagEnds'>,
  doc: number,
  position: number,
): Place => (position < titleEnds[doc]! ? IN_TITLE : position < tagEnds[doc]! ? IN_TAGS : IN_TEXT)

export const joined = (ids: readonly string[]) => ids.join('\n')
export const parted = (ids: string) => (ids === '' ? [] : ids.split('\n'))
export const dateNumber = (date: string) => Number(date.replaceAll('-', ''))

/** The head of a segment for documents that stand newest first. */
export function headOf(
  documents: readonly DocumentFacts[],
  layout: PositionLayout,
  removed: readonly string[],
): SegmentHead {
  const kinds = [...new Set(documents.map(({ kind }) => kind))]
  const regions = new Map(documents.map(({ region }) => [`${region.code} ${region.name}`, region]))
  const regionKeys = [...regions.keys()]
  const regionIndex = new Map(regionKeys.map((key, index) => [key, index]))
  return {
    size: documents.length,
    ids: joined(documents.map(({ id }) => id)),
    kinds,
    kindOf: Uint8Array.from(documents, ({ kind }) => kinds.indexOf(kind)),
    regions: [...regions.values()],
    regionOf: Uint16Array.from(documents, ({ region }) => regionIndex.get(`${region.code} ${region.name}`) ?? 0),
    dates: Uint32Array.from(documents, ({ publishedAt }) => dateNumber(publishedAt)),
    ...layout,
    removed: joined(removed),
  }
}

/**
 * Whether every list of a segment is as long as it says: what was cut off, or written by something else, is not.
 * @param ids those of the segment, parted
 */
export function isWhole(segment: Segment, ids: readonly string[]): boolean {
  const { size, kindOf, regionOf, dates, titleEnds, tagEnds, widths } = segment
  return (
    ids.length === size && [kindOf, regionOf, dates, titleEnds, tagEnds, widths].every(({ length }) => length === size)
  )
}

/** The facts of a document of a segment, as they were given. */
export function factsOf(segment: SegmentHead, id: string, doc: number): DocumentFacts {
  return {
    id,
    kind: segment.kinds[segment.kindOf[doc]!]!,
    region: segment.regions[segment.regionOf[doc]!]!,
    publishedAt: dateText(segment.dates[doc]!),
  }
}

/** Dates that were written before: there are few, and fifty are shown with each answer. */
const dateTexts = new Map<number, string>()

/** `YYYYMMDD` as it is written, `YYYY-MM-DD`. */
export function dateText(date: number): string {
  const known = dateTexts.get(date)
  if (known !== undefined) return known
  const digits = String(date).padStart(8, '0')
  const text = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
  dateTexts.set(date, text)
  return text
}
