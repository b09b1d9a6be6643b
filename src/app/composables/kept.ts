import { computed, onMounted, ref, type Ref, watch } from 'vue'
import { allCached, fetchedFiles } from '../kept-files.ts'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/**
 * Whether everything of a record is on this phone: its text, looked up in the phone's copy, and each picture and file, looked up
 * in the cache.
 */
export function useKept(id: () => string): Readonly<Ref<boolean>> {
  const phone = usePhone()
  const { value: found } = useLive(() => phone.content?.onPhone(id()), undefined)
  const hasFiles = ref(false)
  const look = async () => {
    const current = found.value
    const all = current !== undefined && (await allCached(current.files).catch(() => false))
    if (found.value === current) hasFiles.value = all
  }
  onMounted(() => watch([found, fetchedFiles], look, { immediate: true }))
  return computed(() => found.value?.hasText === true && hasFiles.value)
}
