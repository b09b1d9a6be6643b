import type { RecordKind } from '#domain/record/kind.ts'
import { defineStore } from 'pinia'
import { reactive } from 'vue'

/** The last filter of each list, so that the tab bar leads back to the list as it was left. */
export const useLists = defineStore('lists', () => {
  const queries = reactive<Partial<Record<RecordKind, Record<string, string>>>>({})

  function remember(kind: RecordKind, query: Record<string, string>): void {
    queries[kind] = query
  }

  return { queries, remember }
})
