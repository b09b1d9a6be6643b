import { computed, type Ref } from 'vue'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/** Whether everything of a record is on this phone: its text, and each picture and file. */
export function useKept(id: () => string): Readonly<Ref<boolean>> {
  const phone = usePhone()
  const { value: found } = useLive(() => phone.content?.onPhone(id()), undefined)
  return computed(() => found.value?.hasText === true && found.value.hasFiles)
}
