import { onMounted, ref, type Ref, watch } from 'vue'
import { allCached, fetchedFiles } from '../kept-files.ts'
import { usePhone } from '../phone.ts'

/**
 * Whether everything of a record is on this phone: its text, which the phone's copy holds, and each picture and file, looked up.
 * @param files of this site that it needs; undefined while the record is not known
 */
export function useKept(files: () => readonly string[] | undefined): Readonly<Ref<boolean>> {
  const phone = usePhone()
  const kept = ref(false)
  const look = async () => {
    const current = files()
    const all = phone.content !== undefined && current !== undefined && (await allCached(current).catch(() => false))
    if (files() === current) kept.value = all
  }
  onMounted(() => watch([files, fetchedFiles, () => phone.content], look, { immediate: true }))
  return kept
}
