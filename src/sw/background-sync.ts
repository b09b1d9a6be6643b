import { isPending } from '#outbox/backoff.ts'
import type { OutboxEntry } from '#outbox/entry.ts'
import { openOutbox, type Outbox, OUTBOX_SYNC_TAG } from '#outbox/outbox.ts'

/** Background Sync has no types in TypeScript's library: only some browsers have it. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

/** Sends what waits when the browser says that there is a network, also with no page open. A bonus: pages send by themselves. */
export function sendInBackground(): void {
  addEventListener('sync', (event) => {
    const { tag } = event as SyncEvent
    if (tag === OUTBOX_SYNC_TAG) (event as SyncEvent).waitUntil(sendWaiting())
  })
}

/** @throws while something still waits: the browser takes a failed sync as the wish for another one, later */
async function sendWaiting(): Promise<void> {
  const outbox = openOutbox()
  await outbox.sendNow()
  const waiting = (await entriesOf(outbox)).filter(isPending).length
  if (waiting > 0) throw new Error(`${waiting} requests still wait to be sent`)
}

function entriesOf(outbox: Outbox): Promise<OutboxEntry[]> {
  return new Promise((resolve, reject) => {
    const stop = outbox.entries().subscribe((entries) => {
      resolve(entries)
      queueMicrotask(() => stop())
    }, reject)
  })
}
