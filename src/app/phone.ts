import type { Mine } from '#outbox/mine.ts'
import type { Replica } from '#replica/replica.ts'
import { inject, type InjectionKey } from 'vue'

/** What pages read content from. The phone's replica is one; a record that came with the page is another. */
export type ContentSource = Pick<Replica, 'record' | 'list' | 'state'>

/** The phone below the screen. Only `content` exists where pages are rendered on the server. */
export interface Phone {
  content: ContentSource
  /** The replica's own controls: absent on the server. */
  replica?: Replica
  mine?: Mine
}

export const PHONE: InjectionKey<Phone> = Symbol('phone')

/** The phone that the app was created with. */
export function usePhone(): Phone {
  const phone = inject(PHONE)
  if (phone === undefined) throw new Error('createLuodi provides PHONE')
  return phone
}

/** The person's own store. Call it from event handlers and after mounting only; the server has none. */
export function useMine(): () => Mine {
  const phone = usePhone()
  return () => {
    if (phone.mine === undefined) throw new Error('The person’s own store exists only on the phone')
    return phone.mine
  }
}
