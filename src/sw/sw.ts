import type { PrecacheEntry } from 'workbox-precaching'
import { sendInBackground } from './background-sync.ts'
import { giveWay } from './give-way.ts'
import { serveMedia } from './media.ts'
import { serveShell } from './shell.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] }

serveShell(self.__WB_MANIFEST)
serveMedia()
sendInBackground()

// A new release waits until the person asks for it: a page may hold unsaved input.
self.addEventListener('message', (event) => {
  const { type } = (event.data ?? {}) as { type?: unknown }
  if (type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting())
  if (type === 'GIVE_WAY') giveWay()
})
