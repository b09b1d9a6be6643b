import { rehearse } from '../../../src/replica/search/rehearsal.ts'
import { SearchIndex } from '../../../src/replica/search/search-index.ts'

const ALL = 1_000_000
/** As in `desk.ts`. */
const REHEARSED_HITS = 3

/** Ours, on the page's thread, which can be slowed. */
export function openEngine() {
  const index = new SearchIndex('luodi-search')
  return {
    async fill(documents) {
      await index.update({ put: documents, remove: [] })
    },
    /** As in the app, while a person looks for the keys. */
    rest: (text) =>
      rehearse(
        text,
        (question) => index.searchAll({ text: question }, REHEARSED_HITS),
        () => false,
      ),
    async settle() {
      while (await index.tidy());
    },
    async search(text) {
      const { total, hits } = await index.search({ text }, 50)
      return { total, ids: hits.map(({ id }) => id) }
    },
    async all(text) {
      return (await index.search({ text }, ALL)).hits.map(({ id }) => id)
    },
    put: (document) => index.update({ put: [document], remove: [] }),
  }
}
