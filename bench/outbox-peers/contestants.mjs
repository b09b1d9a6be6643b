import { startOurs, startPeers } from './backends.mjs'
import { bundleFrom } from '../lib/bundle.mjs'

const bundle = bundleFrom(new URL('in-page', import.meta.url))

/** Who takes part: the scripts of its page, its server, and the tag of its Background Sync. */
export async function contestants() {
  return [
    {
      name: 'luodi',
      scripts: { '/page.js': await bundle('luodi'), '/sw.js': await bundle('luodi-worker') },
      start: startOurs,
      syncTag: 'luodi-outbox',
    },
    {
      name: 'workbox',
      scripts: { '/page.js': await bundle('workbox'), '/sw.js': await bundle('workbox-worker') },
      start: startPeers,
      syncTag: 'workbox-background-sync:messages',
    },
    { name: 'tanstack', scripts: { '/page.js': await bundle('tanstack') }, start: startPeers },
  ]
}
