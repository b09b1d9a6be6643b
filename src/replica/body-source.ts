import { bodyUrl, bundleUrl, type ListHead, openStepUrl, stepUrl } from '#domain/feed-v2.ts'
import type { Wanted } from './body-index.ts'

/** What has to be known of the feed to say where a body is. */
export type FeedSizes = Pick<ListHead, 'epoch' | 'head' | 'segmentSize' | 'stepSize'>

/** Of a bundle, so few bodies are fetched one by one: what it holds beside them is more. */
const FEW_BODIES = 8

/** A file that holds the bodies of some records. */
export interface BodyFile {
  path: string
  rows: Wanted[]
  /** A body alone, without the header of a run. */
  isSingle: boolean
  /** Whether changes stand before the bodies. */
  hasChanges: boolean
}

/**
 * The file to fetch for the first of these rows, with those of the others that are in it.
 * @param rows whose bodies are wanted, the most wanted first; at least one
 */
export function nextBodyFile(rows: readonly [Wanted, ...Wanted[]], sizes: FeedSizes): BodyFile {
  const [first] = rows
  const { epoch, head, segmentSize, stepSize } = sizes
  const among = (from: number, to: number) => rows.filter(({ v }) => v > from && v <= to)
  const segment = Math.floor((first.v - 1) / segmentSize)
  const segmentEnd = (segment + 1) * segmentSize
  if (segmentEnd <= head) {
    const inSegment = among(segmentEnd - segmentSize, segmentEnd)
    if (inSegment.length <= FEW_BODIES) return singleBody(epoch, first)
    return { path: bundleUrl(epoch, segment), rows: inSegment, isSingle: false, hasChanges: false }
  }
  const step = Math.floor((first.v - 1) / stepSize)
  const stepEnd = (step + 1) * stepSize
  const inStep = among(stepEnd - stepSize, stepEnd)
  if (stepEnd <= head) return { path: stepUrl(epoch, step), rows: inStep, isSingle: false, hasChanges: true }
  return { path: openStepUrl(epoch, head), rows: inStep, isSingle: false, hasChanges: true }
}

/** The file with this body alone. */
export function singleBody(epoch: string, row: Wanted): BodyFile {
  return { path: bodyUrl(epoch, row.v, row.body.sha256), rows: [row], isSingle: true, hasChanges: false }
}
