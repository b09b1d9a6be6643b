import { searchDocument } from '../../../src/replica/search/search-document.ts'
import { FIRST_HAN, simplifiedForms } from '../../../src/replica/search/simplified.ts'
import { syntheticRecord } from '../../../src/server/synthetic/records.ts'

const SEED = 5

/** Invented record number `n` as a search takes it. @param {number} [day] another version of it */
export function documentOf(n, day = 0) {
  const record = syntheticRecord({ seed: SEED }, { n, day })
  return searchDocument(record, `${n}-${day}`)
}

/** All of a document's text, one part a line. */
export const textOf = ({ title, tags, text }) => `${title}\n${tags}\n${text}`

/** Case, width and script folded; ours does so by itself, the others are given what is folded. */
export function fold(text) {
  const forms = simplifiedForms()
  const plain = text.normalize('NFKC').toLowerCase()
  return plain.replace(/[\u4e00-\u9fff]/g, (character) =>
    String.fromCharCode(forms[character.charCodeAt(0) - FIRST_HAN]),
  )
}

/** The same text for every contestant. */
export const foldedTextOf = (document) => fold(textOf(document))
