import { bodyUrl, bundleUrl, type ListHead, openBundleUrl } from '#domain/feed-v2.ts'
import type { Wanted } from './body-index.ts'

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
 * The files that hold the bodies of these rows, in the order of the first of each.
 * @param rows whose bodies are wanted, the most wanted first
 */
export function bodyFiles(rows: readonly Wanted[], { epoch, head, segmentSize }: FeedSizes): BodyFile[] {
  const segmentOf = ({ v }: Wanted) => Math.floor((v - 1) / segmentSize)
  const segments = new Map<number, Wanted[]>()
  for (const row of rows) {
    const inSegment = segments.get(segmentOf(row)) ?? []
    segments.set(segmentOf(row), inSegment)
    inSegment.push(row)
  }
  return rows.flatMap((row) => {
    const segment = segmentOf(row)
    const inSegment = segments.get(segment) ?? []
    if (inSegment.length <= FEW_BODIES) return singleBody(epoch, row)
    if (inSegment[0] !== row) return []
    const isClosed = (segment + 1) * segmentSize <= head
    return { path: isClosed ? bundleUrl(epoch, segment) : openBundleUrl(epoch, head), rows: inSegment, isSingle: false }
  })
}

/** The file with this body alone. */
export function singleBody(epoch: string, row: Wanted): BodyFile {
  return { path: bodyUrl(epoch, row.v, row.body.sha256), rows: [row], isSingle: true }
}
