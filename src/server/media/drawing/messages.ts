import type { ShareText } from '../share-picture.ts'

/** What the painter asks of its thread. */
export interface Order {
  number: number
  text: ShareText
}

/** What the thread answers: a PNG, or why there is none. */
export type Delivery = { number: number; png: Uint8Array } | { number: number; failure: string }
