import { searchDocument } from '../../../src/replica/search/search-document.ts'
import { syntheticRecord } from '../../../src/server/synthetic/records.ts'

const SEED = 5

/** Invented record number `n` as a search takes it. @param {number} [day] another version of it */
export function documentOf(n, day = 0) {
  const record = syntheticRecord({ seed: SEED }, { n, day })
  return searchDocument(record, `${n}-${day}`)
}

/** All of a document's text, one part a line. */
export const textOf = ({ title, tags, text }) => `${title}\n${tags}\n${text}`

/** The same text for every contestant: case and width folded. */
export const foldedTextOf = (document) => textOf(document).normalize('NFKC').toLowerCase()
