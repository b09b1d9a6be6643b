import { Charset, IndexedDB, Index } from 'flexsearch'
import { fold, foldedTextOf } from './documents.mjs'

const ALL = 1_000_000

/** FlexSearch with its own encoder for Chinese and its own IndexedDB. */
export async function openEngine() {
  const index = new Index({ encoder: Charset.CJK, tokenize: 'forward' })
  await index.mount(new IndexedDB('bench'))
  const all = (text, limit) => index.search(fold(text), { limit })
  return {
    async fill(documents) {
      for (const document of documents) index.add(document.id, foldedTextOf(document))
      await index.commit()
    },
    settle: () => Promise.resolve(),
    async search(text) {
      // It has no count: who wants to show one has to ask for all.
      const ids = await all(text, ALL)
      return { total: ids.length, ids: ids.slice(0, 50) }
    },
    all: (text) => all(text, ALL),
    async put(document) {
      await index.update(document.id, foldedTextOf(document))
      await index.commit()
    },
  }
}
