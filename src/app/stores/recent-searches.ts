import { defineStore } from 'pinia'
import { ref } from 'vue'

const KEY = 'luodi-searches'
const MOST = 8

function stored(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(value) ? value.filter((text) => typeof text === 'string').slice(0, MOST) : []
  } catch {
    // Private modes refuse localStorage, and a broken value is no memory: there is none.
    return []
  }
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
    try {
      if (next.length === 0) localStorage.removeItem(KEY)
      else localStorage.setItem(KEY, JSON.stringify(next))
    } catch {
      // Without storage they are known until the app is closed.
    }
  }

  return { texts, restore, remember, forget }
})
