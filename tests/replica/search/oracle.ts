import OpenCC from 'opencc-js/t2cn'
import type { SearchDocument } from '#replica/search/document.ts'

/** What a search finds, written down as plainly as can be and with none of its code: text that holds every word, as typed. */

const convert = OpenCC.Converter({ from: 't', to: 'cn' })
const LETTER = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Nd}]/u

const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[[〔【〖]/g, '(')
    .replaceAll(/[\]〕】〗]/g, ')')
    .split('')
    .map((c) => (/[㐀-鿿]/.test(c) ? convert(c) : c))
    .join('')

/** Whether a piece of text holds a word: anywhere, but Latin words from their beginning. */
function holds(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const insideWord = LETTER.test(word.charAt(0)) && LETTER.test(text.charAt(at - 1))
    if (!insideWord) return true
  }
  return false
}

const HAN = /[\u4e00-\u9fff]/
/** A blank between Chinese and a word of letters or digits is for the look of it. */
const joined = (text: string) =>
  text.replaceAll(/(?<=(.))[ \u00a0](?=(.))/gsu, (blank, before: string, after: string) =>
    (HAN.test(before) && LETTER.test(after)) || (LETTER.test(before) && HAN.test(after)) ? '' : blank,
  )

const PARTS = ['title', 'tags', 'text'] as const

/** Pieces of the parts of a document; kept, since many queries are asked of the same. */
const known = new WeakMap<SearchDocument, string[][]>()

function partsOf(document: SearchDocument): string[][] {
  const parts = known.get(document) ?? PARTS.map((part) => fold(joined(document[part])).split(/\s+/u))
  known.set(document, parts)
  return parts
}

/** Ids of what is found, in the order in which it is shown. */
export function expected(documents: Iterable<SearchDocument>, query: string): string[] {
  // A comma or semicolon of Latin script parts words, but before a digit: `10,000` is one.
  const words = query
    .split(/[，、；。！？､｡]|[,;](?=\D)|[,;]$/u)
    .flatMap((part) => fold(part).split(/\s+/u))
    .filter((word) => word.replaceAll(/\p{Punctuation}/gu, '') !== '')
  if (words.length === 0) return []
  const hits: { document: SearchDocument; rank: number }[] = []
  for (const document of documents) {
    const parts = partsOf(document)
    const ranks = words.map((word) => parts.findIndex((pieces) => pieces.some((piece) => holds(piece, word))))
    if (!ranks.includes(-1)) hits.push({ document, rank: Math.max(...ranks) })
  }
  const date = (hit: (typeof hits)[number]) => Number(hit.document.publishedAt.replaceAll('-', ''))
  hits.sort((a, b) => a.rank - b.rank || date(b) - date(a) || (a.document.id < b.document.id ? -1 : 1))
  return hits.map(({ document }) => document.id)
}
