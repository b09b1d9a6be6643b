import { bodyUrl, bundleUrl, type ListHead, openBundleUrl } from '#domain/feed-v2.ts'
import { newerFirst, type Wanted } from './body-index.ts'

/** What has to be known of the feed to say where a body is. */
export type FeedSizes = Pick<ListHead, 'epoch' | 'head' | 'segmentSize'>

/** Of a bundle, so few bodies are fetched one by one: what it holds beside them is more. */
const FEW_BODIES = 8

/** A file that holds the bodies of some records. */
export interface BodyFile {
  path: string
  rows: Wanted[]
  /** A body alone, without the header of a run. */
  isSingle: boolean
}

/**
 * The files that hold the bodies of these rows, the one with the newest first. The first row of each is its newest; to sort all rows, ten
 * thousand at the first contact, would hold up a slow phone.
 * @param rows whose bodies are wanted
 */
export function bodyFiles(rows: readonly Wanted[], { epoch, head, segmentSize }: FeedSizes): BodyFile[] {
  const segments = new Map<number, Wanted[]>()
  for (const row of rows) {
    const segment = Math.floor((row.v - 1) / segmentSize)
    const inSegment = segments.get(segment)
    if (inSegment === undefined) segments.set(segment, [row])
    else if (newerFirst(row, inSegment[0]!) < 0) inSegment.unshift(row)
    else inSegment.push(row)
  }
  const files = [...segments].flatMap(([segment, inSegment]): BodyFile[] => {
    if (inSegment.length <= FEW_BODIES) return inSegment.map((row) => singleBody(epoch, row))
    const isClosed = (segment + 1) * segmentSize <= head
    return [
      { path: isClosed ? bundleUrl(epoch, segment) : openBundleUrl(epoch, head), rows: inSegment, isSingle: false },
    ]
  })
  return files.sort((a, b) => newerFirst(a.rows[0]!, b.rows[0]!))
}

/** The file with this body alone. */
export function singleBody(epoch: string, row: Wanted): BodyFile {
  return { path: bodyUrl(epoch, row.v, row.body.sha256), rows: [row], isSingle: true }
}
