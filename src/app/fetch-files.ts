import { keptFiles } from '#replica/media-cache.ts'
import type { Replica } from '#replica/replica.ts'
import { fetchedFiles } from './kept-files.ts'
import { workerInCharge } from './worker-in-charge.ts'

/** The worker answers before it has stored what it answers with: looked for again after these waits, ms. */
const STORED_AFTER_MS = [0, 50, 200, 1000, 3000]

async function isStored(file: string): Promise<boolean> {
  for (const wait of STORED_AFTER_MS) {
    await new Promise((resolve) => setTimeout(resolve, wait))
    if ((await keptFiles([file])).has(file)) return true
  }
  return false
}

/**
 * Says to the replica how pictures and attachments come to the phone: the service worker keeps what is fetched through it.
 * Without a worker none do.
 */
export function fetchFiles(replica: Replica): void {
  if (!('serviceWorker' in navigator)) return
  replica.fetchFilesWith(async (file) => {
    await workerInCharge()
    const response = await fetch(file).catch(() => undefined)
    const isHere = response?.ok === true && (await isStored(file))
    if (isHere) fetchedFiles.value += 1
    return isHere
  })
}
