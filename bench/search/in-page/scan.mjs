import { fold, foldedTextOf } from './documents.mjs'
import { openStored } from './stored.mjs'

/** Documents whose texts are kept as one string. */
const PART = 500
const END = '\u0001'

/** Plain `includes` over texts that are held in memory, joined; Latin words from their beginning. */
export async function openEngine() {
  const stored = await openStored('scan')
  let texts = []
  for (const part of await stored.getAll()) for (const entry of part.split(END)) texts.push(split(entry))
  const place = new Map(texts.map(({ id }, index) => [id, index]))

  const partOf = (index) => Math.floor(index / PART)
  const write = (part) =>
    stored.put(
      part,
      texts
        .slice(part * PART, (part + 1) * PART)
        .map(({ id, text }) => `${id}\n${text}`)
        .join(END),
    )
  const set = (document) => {
    const index = place.get(document.id) ?? texts.length
    place.set(document.id, index)
    texts[index] = { id: document.id, text: foldedTextOf(document) }
    return index
  }
  const all = (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean).map(finder)
    return texts.filter(({ text }) => words.every((isIn) => isIn(text))).map(({ id }) => id)
  }
  return {
    async fill(documents) {
      const parts = new Set(documents.map(set).map(partOf))
      for (const part of parts) await write(part)
    },
    settle: () => Promise.resolve(),
    search(query) {
      const ids = all(query)
      return Promise.resolve({ total: ids.length, ids: ids.slice(0, 50) })
    },
    all: (query) => Promise.resolve(all(query)),
    put: (document) => write(partOf(set(document))),
  }
}

function split(entry) {
  const end = entry.indexOf('\n')
  return { id: entry.slice(0, end), text: entry.slice(end + 1) }
}

function finder(word) {
  if (!/^[a-z0-9]/.test(word)) return (text) => text.includes(word)
  const pattern = new RegExp(`(?<![a-z0-9])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
  return (text) => pattern.test(text)
}
