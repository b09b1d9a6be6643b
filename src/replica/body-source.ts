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
 * The file to fetch for the first of these rows, with those of the others that are in it.
 * @param rows whose bodies are wanted, the most wanted first; at least one
 */
export function nextBodyFile(rows: readonly [Wanted, ...Wanted[]], sizes: FeedSizes): BodyFile {
  const [first] = rows
  const { epoch, head, segmentSize } = sizes
  const segment = Math.floor((first.v - 1) / segmentSize)
  const end = (segment + 1) * segmentSize
  const inSegment = rows.filter(({ v }) => v > end - segmentSize && v <= end)
  if (inSegment.length <= FEW_BODIES) return singleBody(epoch, first)
  const path = end <= head ? bundleUrl(epoch, segment) : openBundleUrl(epoch, head)
  return { path, rows: inSegment, isSingle: false }
}

/** The file with this body alone. */
export function singleBody(epoch: string, row: Wanted): BodyFile {
  return { path: bodyUrl(epoch, row.v, row.body.sha256), rows: [row], isSingle: true }
}
