import { ownFiles } from '#domain/record/own-files.ts'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import type { Replica } from '#replica/replica.ts'
import { allCached, fetchedFiles } from './kept-files.ts'
import { workerInCharge } from './worker-in-charge.ts'

/** The worker answers before it has stored what it answers with: looked for again after these waits, ms. */
const STORED_AFTER_MS = [0, 50, 200, 1000, 3000]

async function isStored(file: string): Promise<boolean> {
  for (const wait of STORED_AFTER_MS) {
    await new Promise((resolve) => setTimeout(resolve, wait))
    if (await allCached([file])) return true
  }
  return false
}

/**
 * Brings pictures and attachments to the phone as records come in: the service worker keeps what is fetched through it.
 * Does nothing without a worker, or where the person asked the browser to save data.
 */
export function fetchFiles(replica: Replica): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  if (!('serviceWorker' in navigator) || connection?.saveData === true) return

  async function fetchMissing(records: readonly ContentRecord[]): Promise<void> {
    await workerInCharge()
    for (const file of new Set(records.flatMap(ownFiles))) {
      if (await allCached([file])) continue
      // One that cannot be had now is tried when it is shown, or after the next start.
      const response = await fetch(file).catch(() => undefined)
      if (response?.ok === true && (await isStored(file))) fetchedFiles.value += 1
    }
  }

  for (const kind of RECORD_KINDS) {
    replica.list(kind).subscribe(
      (records) => void fetchMissing(records as ContentRecord[]).catch(() => undefined),
      // Pages that read the same list say what is wrong with it.
      () => undefined,
    )
  }
}
