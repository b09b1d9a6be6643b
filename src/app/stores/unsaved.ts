import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'

/** Saves one form's input. Rejects when it cannot. */
export type Flush = () => Promise<void>

/** Forms that hold input not yet on disk. Whatever would reload the page asks here first. */
export const useUnsaved = defineStore('unsaved', () => {
  const forms = shallowReactive(new Set<Flush>())

  function hold(flush: Flush): void {
    forms.add(flush)
  }

  function release(flush: Flush): void {
    forms.delete(flush)
  }

  /** Saves everything; false when something could not be saved, and the page must stay as it is. */
  async function flushAll(): Promise<boolean> {
    const results = await Promise.allSettled([...forms].map((flush) => flush()))
    return results.every((result) => result.status === 'fulfilled')
  }

  return { forms, hold, release, flushAll }
})
