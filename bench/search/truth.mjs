import { Converter } from 'opencc-js/t2cn'

/** By OpenCC itself, character by character: none of ours may judge what ours has found. */
const simplify = Converter({ from: 't', to: 'cn' })
const simplified = new Map()

export function fold(text) {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u4e00-\u9fff]/g, (character) => {
      if (!simplified.has(character)) simplified.set(character, simplify(character))
      return simplified.get(character)
    })
}

const LATIN = /[a-z0-9]/

/** What a search has to find: every text that holds all words, as a plain substring; Latin words from their beginning. */
export function truthOf(documents, query) {
  const words = fold(query).split(/\s+/).filter(Boolean)
  return documents.filter(({ folded }) => words.every((word) => holds(folded, word))).map(({ id }) => id)
}

function holds(text, word) {
  const isLatin = LATIN.test(word[0])
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isLatin || at === 0 || !LATIN.test(text[at - 1])) return true
  }
  return false
}

/**
 * How right answers are, over all queries together.
 * @param {{ found: string[], truth: string[] }[]} answers
 */
export function accuracy(answers) {
  let right = 0
  let found = 0
  let wanted = 0
  for (const answer of answers) {
    const truth = new Set(answer.truth)
    right += answer.found.filter((id) => truth.has(id)).length
    found += answer.found.length
    wanted += truth.size
  }
  return { recall: right / wanted, precision: right / found }
}
