import { createHash } from 'node:crypto'
import { type Encoded, encode } from '../http/encodings.ts'

export type PageStatus = 200 | 404 | 410

/** A page, or a text for machines, ready to be sent. */
export interface Page {
  status: PageStatus
  body: Encoded
  /** Of the bytes that are not compressed. */
  digest: string
  /** ms since 1970 (UTC): the last change of anything that it may show. */
  modifiedAt: number
}

/** Makes a text ready to be sent. */
export async function pageOf(text: string, modifiedAt: number, status: PageStatus = 200): Promise<Page> {
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  return { status, body: await encode(text), digest, modifiedAt }
}
