import { openMine } from '#outbox/mine.ts'
import { openReplica } from '#replica/replica.ts'
import { createWebHistory } from 'vue-router'
import { createLuodi } from './app.ts'
import { fetchFiles } from './files.ts'
import { preloadPages } from './preload.ts'
import { watchReleases } from './releases.ts'
import { usePreferences } from './stores/preferences.ts'
import { usePwa } from './stores/pwa.ts'

const replica = openReplica()
const mine = openMine()
const { app, router, pinia } = createLuodi({ content: replica, replica, mine }, createWebHistory())

usePreferences(pinia).restore()
await router.isReady()
app.mount('#app')

replica.start()
mine.outbox.start()
watchReleases(usePwa(pinia))
preloadPages(router)
fetchFiles(replica)
