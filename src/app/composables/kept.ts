import type { OnPhone } from '#replica/on-phone.ts'
import type { Ref } from 'vue'
import { usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/** What of a record is on this phone; undefined until that has been looked up. */
export function useOnPhone(id: () => string): Readonly<Ref<OnPhone | undefined>> {
  const phone = usePhone()
  return useLive(() => phone.content?.onPhone(id()), undefined).value
}

/** Whether that is everything: its text, and each picture and file. */
export function isWhole(found: OnPhone | undefined): boolean {
  return found?.hasText === true && found.hasFiles
}
