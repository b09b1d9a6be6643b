import { keepFetched } from '#replica/fetched-file.ts'
import type { Replica } from '#replica/replica.ts'
import { workerInCharge } from './worker-in-charge.ts'

/**
 * Says to the replica how pictures and attachments come to the phone: the service worker keeps what is fetched through it.
 * Without a worker none do.
 */
export function fetchFiles(replica: Replica): void {
  if (!('serviceWorker' in navigator)) return
  replica.fetchFilesWith(async (file) => {
    await workerInCharge()
    return keepFetched(file, await fetch(file).catch(() => undefined))
  })
}
