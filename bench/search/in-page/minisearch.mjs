import MiniSearch from 'minisearch'
import { fold, foldedTextOf } from './documents.mjs'
import { openStored } from './stored.mjs'

/** MiniSearch keeps its index in memory; what is stored is all of it, as JSON. */
export async function openMiniSearch(tokenize) {
  const options = { fields: ['text'], tokenize, processTerm: (term) => term }
  const stored = await openStored('minisearch')
  const json = await stored.get('index')
  let index = json === undefined ? new MiniSearch(options) : MiniSearch.loadJSON(json, options)
  const write = () => stored.put('index', JSON.stringify(index))
  const all = (query) => {
    const words = fold(query)
    return index
      .search(words, { combineWith: 'AND', prefix: (term) => term.length === 1 || /^[a-z0-9]+$/.test(term) })
      .map(({ id }) => id)
  }
  const entry = (document) => ({ id: document.id, text: foldedTextOf(document) })
  return {
    async fill(documents) {
      for (const document of documents) index.add(entry(document))
    },
    settle: write,
    search(query) {
      const ids = all(query)
      return Promise.resolve({ total: ids.length, ids: ids.slice(0, 50) })
    },
    all: (query) => Promise.resolve(all(query)),
    async put(document) {
      if (index.has(document.id)) index.discard(document.id)
      index.add(entry(document))
      await write()
    },
  }
}
