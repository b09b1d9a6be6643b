import type { RecordKind } from '#domain/record/kind.ts'

/** What the search knows of a record. */
export interface SearchDocument {
  id: string
  /** Changes whenever anything of this may have: a document is indexed with its list fields first, again when its body comes. */
  digest: string
  title: string
  /** Tags, one a line. */
  tags: string
  /** All other text: places, document numbers, the body; one piece a line. */
  text: string
  kind: RecordKind
  /** GB/T 2260 or GB/T 10114 code and name of the place. */
  region: { code: string; name: string }
  /** `YYYY-MM-DD` */
  publishedAt: string
}

/** Where in a document a word was found, from the best place on. */
export const IN_TITLE = 0
export const IN_TAGS = 1
export const IN_TEXT = 2
export type Place = typeof IN_TITLE | typeof IN_TAGS | typeof IN_TEXT

/** Composed characters (NFC), of which places in a text are counted. */
export const normal = (text: string) => text.normalize('NFC')
