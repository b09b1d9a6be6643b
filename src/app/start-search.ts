import { openSearch } from '#replica/search/search-client.ts'
import type { Phone } from './phone.ts'

/** After so many texts that have come the index takes them in, when no more come, and when somebody has opened one. */
const TEXTS_AT_ONCE = 1000

/** Starts the search's worker, once: it makes its index by itself, and hears of every change of the copy. */
export function startSearch(phone: Phone): void {
  const { replica } = phone
  if (phone.search !== undefined || replica === undefined || !('Worker' in window)) return
  const search = openSearch({
    progress: (progress) => {
      phone.indexing = progress
    },
  })
  phone.search = search
  const known: { lists?: string; texts?: string } = {}
  const tell = (what: 'lists' | 'texts', now: string) => {
    if (known[what] !== undefined && known[what] !== now) search.changed()
    known[what] = now
  }
  // Pages that read the same copy say what is wrong with it.
  const quiet = () => undefined
  replica.state().subscribe(({ epoch, version }) => tell('lists', `${epoch} ${version}`), quiet)
  replica
    .progress()
    .subscribe(
      ({ state, texts, opened }) => tell('texts', `${state} ${Math.floor(texts.here.count / TEXTS_AT_ONCE)} ${opened}`),
      quiet,
    )
}
