import type { Pinia } from 'pinia'
import type { Router } from 'vue-router'
import { fetchFiles } from './fetch-files.ts'
import type { Phone } from './phone.ts'
import { preloadPages } from './preload.ts'
import { watchReleases } from './releases.ts'
import { usePwa } from './stores/pwa.ts'

/** What nobody waits for: the service worker, and what makes the next pages open without a signal. Content comes first. */
export async function startRest({ replica }: Phone, router: Router, pinia: Pinia): Promise<void> {
  await replica?.sync()
  if (!(await watchReleases(usePwa(pinia)))) preloadPages(router)
  if (replica !== undefined) fetchFiles(replica)
}
