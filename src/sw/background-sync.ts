import { OUTBOX_SYNC_TAG, sendWaiting } from '#outbox/background.ts'

declare const self: ServiceWorkerGlobalScope

/** Background Sync has no types in TypeScript's library: only some browsers have it. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

/** Sends what waits when the browser says that there is a network, also with no page open. A bonus: pages send by themselves. */
export function sendInBackground(): void {
  addEventListener('sync', (event) => {
    const { tag } = event as SyncEvent
    if (tag === OUTBOX_SYNC_TAG) (event as SyncEvent).waitUntil(sendOrFail())
  })
}

/** A page that is just being opened sends by itself and shows it: the worker gives it this long, ms. */
const WAY_FOR_PAGES_MS = 3000

/**
 * Leaves the sending to a page that the person sees: it knows whether it has a network, sends and shows it.
 * @throws while something still waits: the browser takes a failed sync as the wish for another one, later
 */
async function sendOrFail(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, WAY_FOR_PAGES_MS))
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (pages.some((page) => page.visibilityState === 'visible')) throw new Error('A page that is open sends by itself')
  const waiting = await sendWaiting()
  if (waiting > 0) throw new Error(`${waiting} requests still wait to be sent`)
}
