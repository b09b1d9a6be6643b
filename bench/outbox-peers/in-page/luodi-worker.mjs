import { sendInBackground } from '../../../src/sw/background-sync.ts'

self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
sendInBackground()
