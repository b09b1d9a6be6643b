import { openMine } from '#outbox/mine.ts'
import { openReplica } from '#replica/replica.ts'
import { createWebHistory } from 'vue-router'
import { createLuodi } from './app.ts'
import { focusPages, reportFailures } from './failures.ts'
import { fetchFiles } from './files.ts'
import { preloadPages } from './preload.ts'
import { watchReleases } from './releases.ts'
import { usePreferences } from './stores/preferences.ts'
import { usePwa } from './stores/pwa.ts'

/** Asks the server for its words in the language of the app, which need not be the browser's. */
const fetchInLanguage: typeof fetch = (url, init) => {
  const headers = new Headers(init?.headers)
  headers.set('Accept-Language', document.documentElement.lang)
  return fetch(url, { ...init, headers })
}

const replica = openReplica()
const mine = openMine({ fetch: fetchInLanguage })
const { app, router, pinia } = createLuodi({ content: replica, replica, mine }, createWebHistory())

reportFailures(app, router, pinia)
focusPages(router)
usePreferences(pinia).restore()
// A first page that cannot be loaded has been reported; the rest of the app is there all the same.
await router.isReady().catch(() => undefined)
app.mount('#app')

replica.start()
mine.outbox.start()
watchReleases(usePwa(pinia))
preloadPages(router)
fetchFiles(replica)
