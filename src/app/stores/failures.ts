import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What did not work: an act of the person, or opening a page. */
export type Failure = 'act' | 'page'

/** The last thing that did not work and that no screen says by itself. */
export const useFailures = defineStore('failures', () => {
  const what = ref<Failure>()

  function show(failure: Failure): void {
    what.value = failure
  }

  function dismiss(): void {
    what.value = undefined
  }

  return { what, show, dismiss }
})
