import { defineStore } from 'pinia'
import { ref } from 'vue'
import { readStored, writeStored } from '../stored-json.ts'

const KEY = 'luodi-searches'
const MOST = 8

function stored(): string[] {
  const value = readStored(KEY)
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string').slice(0, MOST) : []
}

/** What was searched for last, the newest first. It never leaves this phone. */
export const useRecentSearches = defineStore('recent-searches', () => {
  const texts = ref<string[]>([])

  /** Takes over what is stored on this phone. Called after mounting. */
  function restore(): void {
    texts.value = stored()
  }

  function remember(text: string): void {
    const wanted = text.trim()
    if (wanted === '') return
    keep([wanted, ...stored().filter((known) => known !== wanted)].slice(0, MOST))
  }

  function forget(): void {
    keep([])
  }

  function keep(next: string[]): void {
    texts.value = next
    writeStored(KEY, next.length === 0 ? undefined : next)
  }

  return { texts, restore, remember, forget }
})
