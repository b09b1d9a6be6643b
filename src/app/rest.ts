import { dropKeptPages, keepPage } from '#replica/rendered-pages.ts'
import type { Replica } from '#replica/replica.ts'
import type { Pinia } from 'pinia'
import type { Router } from 'vue-router'
import { fetchFiles } from './fetch-files.ts'
import type { Phone } from './phone.ts'
import { preloadPages } from './preload.ts'
import { watchReleases } from './releases.ts'
import { startSearch } from './start-search.ts'
import { usePwa } from './stores/pwa.ts'
import { workerInCharge } from './worker-in-charge.ts'

/**
 * What nobody waits for: the service worker, and what makes the next pages open without a signal. Content comes first.
 * @param recordPage address of the record's page that this visit began with, when it came rendered
 */
export async function startRest(
  phone: Phone,
  router: Router,
  pinia: Pinia,
  recordPage: string | undefined,
): Promise<void> {
  const { replica } = phone
  // What a worker answers with was kept: the server is asked whether it still holds.
  const isFresh = 'serviceWorker' in navigator && navigator.serviceWorker.controller === null
  if (replica !== undefined) {
    dropOutdatedPages(replica)
    watchSuperseded(replica, pinia)
  }
  // A fault in the copy must not keep the next release from this phone.
  await replica?.sync().catch(reportError)
  startSearch(phone)
  const pwa = usePwa(pinia)
  pwa.hasWorker = await watchReleases(pwa)
  if (!pwa.hasWorker) {
    preloadPages(router)
    return
  }
  if (replica !== undefined) fetchFiles(replica)
  await workerInCharge()
  // Without a network, what was kept stays.
  if (recordPage !== undefined) await keepPage(recordPage, isFresh).catch(() => undefined)
}

/** A tab of a newer release has taken the copy over: this one goes on in memory, and is better loaded anew. */
function watchSuperseded(replica: Replica, pinia: Pinia): void {
  let isOffered = false
  replica.state().subscribe(
    ({ problem }) => {
      if (problem !== 'superseded' || isOffered) return
      isOffered = true
      usePwa(pinia).offer({ activate: () => window.location.reload() })
    },
    () => undefined,
  )
}

/** Pages that were kept show the content as it was: with the first change that the phone hears of, they go. */
function dropOutdatedPages(replica: Replica): void {
  let known: string | undefined
  replica.state().subscribe(
    ({ ready, epoch, version }) => {
      if (!ready) return
      const now = `${epoch} ${version}`
      if (known !== undefined && known !== now) void dropKeptPages().catch(reportError)
      known = now
    },
    // Pages that read the same copy say what is wrong with it.
    () => undefined,
  )
}
