import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { commonFields } from '#domain/record/common.ts'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import { KIND_NAMES } from '../render/site.ts'

/** What the picture of a shared link says. */
export interface ShareText {
  kind: string
  title: string
  place: string
  /** In Chinese: 2025年7月28日. */
  date: string
  sample: boolean
}

/** To be raised with every change to how a picture looks, so that all are drawn anew under new names. */
const LOOK = 1

const { id, title, region, publishedAt, sample } = commonFields
/** What of a record its picture needs. */
export const SharedSchema = v.object({ id, kind: v.picklist(RECORD_KINDS), title, region, publishedAt, sample })
export type Shared = v.InferOutput<typeof SharedSchema>

export function shareText({ kind, title, region, publishedAt, sample }: Shared): ShareText {
  const [year, month, day] = publishedAt.split('-').map(Number)
  return { kind: KIND_NAMES[kind], title, place: region.name, date: `${year}年${month}月${day}日`, sample }
}

/**
 * Address of the picture that a link to this record shows: a PNG of 1200 × 630. What is drawn is in its name, so that a record
 * that says something else has another picture.
 * @returns a path of this site
 */
export function sharePicturePath(record: Shared): string {
  const drawn = JSON.stringify([LOOK, shareText(record)])
  return `/media/share/${record.id}-${createHash('sha256').update(drawn).digest('hex').slice(0, 16)}.png`
}
