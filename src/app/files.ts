import { type ContentRecord, RECORD_KINDS } from '#domain/record/record.ts'
import type { Replica } from '#replica/replica.ts'

/** Files of this site that a record shows. Its text is in the replica, these are in the Cache API. */
export function ownFiles(record: ContentRecord): string[] {
  const inBody = (record.body ?? []).flatMap((block) => (block.type === 'image' ? [block.image.src] : []))
  const files = [...record.images.map((image) => image.src), ...inBody, ...record.attachments.map((file) => file.url)]
  return [...new Set(files.filter((file) => file.startsWith('/')))]
}

/** Whether all of these files are on this phone. False where there is no Cache API to ask. */
export async function allCached(files: readonly string[]): Promise<boolean> {
  if (files.length === 0) return true
  if (!('caches' in window)) return false
  const found = await Promise.all(files.map((file) => caches.match(file)))
  return found.every((response) => response !== undefined)
}

/**
 * Brings pictures and attachments to the phone as records come in: the service worker keeps what is fetched through it.
 * Does nothing without a worker in charge, or where the person asked the browser to save data.
 */
export function fetchFiles(replica: Replica): void {
  const fetched = new Set<string>()
  const { connection } = navigator as { connection?: { saveData?: boolean } }

  async function fetchMissing(records: readonly ContentRecord[]): Promise<void> {
    if (!('serviceWorker' in navigator) || connection?.saveData === true) return
    await navigator.serviceWorker.ready
    for (const file of records.flatMap(ownFiles)) {
      if (fetched.has(file) || (await allCached([file]))) continue
      fetched.add(file)
      // One that cannot be had now is tried when it is shown, or after the next start.
      await fetch(file).catch(() => undefined)
    }
  }

  for (const kind of RECORD_KINDS) {
    replica.list(kind).subscribe(
      (records) => void fetchMissing(records as ContentRecord[]),
      // Pages that read the same list say what is wrong with it.
      () => undefined,
    )
  }
}
