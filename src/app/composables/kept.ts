import { ownFiles } from '#domain/record/own-files.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { onMounted, ref, type Ref, watch } from 'vue'
import { allCached, fetchedFiles } from '../files.ts'

/** Whether everything of a record is on this phone: its text, which came from here, and each picture and file, looked up. */
export function useKept(record: () => ContentRecord | undefined): Readonly<Ref<boolean>> {
  const kept = ref(false)
  const look = async (current: ContentRecord | undefined) => {
    const all = current !== undefined && (await allCached(ownFiles(current)).catch(() => false))
    if (record() === current) kept.value = all
  }
  onMounted(() => watch([record, fetchedFiles], ([current]) => look(current), { immediate: true }))
  return kept
}
