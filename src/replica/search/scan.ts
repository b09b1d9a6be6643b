import type { DocumentSource } from './follow.ts'
import { searchable } from './matcher.ts'
import { type Query, wordsOf } from './query.ts'
import { Results, type SearchResult } from './results.ts'

/**
 * Finds documents by looking through every text of the source: what a search can do before there is an index.
 * @param most hits wanted; the count is of all
 * @param isWanted asked between batches; once it is not, what was found so far is given
 */
export async function scan(
  source: DocumentSource,
  query: Query,
  most: number,
  isWanted: () => boolean,
): Promise<SearchResult> {
  const words = wordsOf(query.text)
  const results = new Results(query, most)
  // What changes meanwhile may come a second time.
  const seen = new Set<string>()
  if (words.length === 0) return results.result()
  for await (const { changed } of source.documents(() => false)) {
    for (const document of changed) {
      if (seen.has(document.id)) continue
      seen.add(document.id)
      results.addDocument(document, searchable(document), words)
    }
    if (!isWanted()) break
  }
  return results.result()
}
