import { BackgroundSyncPlugin } from 'workbox-background-sync'
import { registerRoute } from 'workbox-routing'
import { NetworkOnly } from 'workbox-strategies'

/** From the module's documentation: without it an answer of 5xx counts as delivered. */
const statusPlugin = {
  fetchDidSucceed: ({ response }) => {
    if (response.status >= 500) throw new Error('Server error.')
    return response
  },
}
const plugins = [statusPlugin, new BackgroundSyncPlugin('messages', { maxRetentionTime: 24 * 60 })]
registerRoute(({ url }) => url.pathname === '/api/messages', new NetworkOnly({ plugins }), 'POST')

self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
