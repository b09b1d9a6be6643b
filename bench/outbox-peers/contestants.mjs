import { startOurs, startPeers } from './backends.mjs'
import { bundle } from './bundle.mjs'

/** Who takes part: the scripts of its page, its server, and the tag of its Background Sync. */
export async function contestants() {
  return [
    {
      name: 'luodi',
      scripts: { page: await bundle('luodi'), worker: await bundle('luodi-worker') },
      start: startOurs,
      syncTag: 'luodi-outbox',
    },
    {
      name: 'workbox',
      scripts: { page: await bundle('workbox'), worker: await bundle('workbox-worker') },
      start: startPeers,
      syncTag: 'workbox-background-sync:messages',
    },
    { name: 'tanstack', scripts: { page: await bundle('tanstack') }, start: startPeers },
  ]
}
