import { openSearch } from '#replica/search/search-client.ts'
import type { Phone } from './phone.ts'

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
  let known: string | undefined
  replica.state().subscribe(
    ({ epoch, version, count }) => {
      const now = `${epoch} ${version} ${count}`
      if (known !== undefined && known !== now) search.changed()
      known = now
    },
    // Pages that read the same copy say what is wrong with it.
    () => undefined,
  )
}
