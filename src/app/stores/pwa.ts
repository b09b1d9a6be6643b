import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useUnsaved } from './unsaved.ts'

/** How a waiting release is put in place of this one. */
export interface Release {
  /** Lets the waiting worker take over and loads the page anew. */
  activate(): void
}

/** Whether a new version is ready, and how to change to it: only ever because the person said so. */
export const usePwa = defineStore('pwa', () => {
  const waiting = ref<Release>()
  const blocked = ref(false)
  /** Whether this browser has taken a service worker; undefined until it was asked. */
  const hasWorker = ref<boolean>()
  const unsaved = useUnsaved()

  function offer(release: Release): void {
    waiting.value = release
  }

  async function update(): Promise<void> {
    blocked.value = !(await unsaved.flushAll())
    if (!blocked.value) waiting.value?.activate()
  }

  function later(): void {
    waiting.value = undefined
  }

  return { waiting, blocked, hasWorker, offer, update, later }
})
