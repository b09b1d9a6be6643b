import { keepPage } from '#replica/rendered-pages.ts'
import type { Pinia } from 'pinia'
import type { Router } from 'vue-router'
import { fetchFiles } from './fetch-files.ts'
import type { Phone } from './phone.ts'
import { preloadPages } from './preload.ts'
import { watchReleases } from './releases.ts'
import { usePwa } from './stores/pwa.ts'
import { workerInCharge } from './worker-in-charge.ts'

/**
 * What nobody waits for: the service worker, and what makes the next pages open without a signal. Content comes first.
 * @param recordPage address of the record's page that this visit began with, when it came rendered
 */
export async function startRest(
  { replica }: Phone,
  router: Router,
  pinia: Pinia,
  recordPage: string | undefined,
): Promise<void> {
  await replica?.sync()
  if (!(await watchReleases(usePwa(pinia)))) {
    preloadPages(router)
    return
  }
  if (replica !== undefined) fetchFiles(replica)
  await workerInCharge()
  // Without a network, what was kept stays.
  if (recordPage !== undefined) await keepPage(recordPage).catch(() => undefined)
}
