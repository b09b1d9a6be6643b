import type { ContentWish } from '#domain/content-wish.ts'
import type { Mine } from '#outbox/mine.ts'
import type { Replica } from '#replica/replica.ts'
import type { IndexProgress } from '#replica/search/messages.ts'
import type { PhoneSearch } from '#replica/search/search-client.ts'
import { inject, type InjectionKey } from 'vue'

/** What pages read content from. */
export type ContentSource = Pick<Replica, 'record' | 'item' | 'list' | 'state' | 'onPhone' | 'readAll'>

/**
 * The phone below the screen, reactive. Its code comes after the first paint, so that all of it may be missing at first; on
 * the server it stays so.
 */
export interface Phone {
  /** The replica, once it is at least as new as the page that is shown. */
  content: ContentSource | undefined
  /** The replica's own controls. */
  replica: Replica | undefined
  mine: Mine | undefined
  /** How much of the content the person wants here, once that is known. */
  wish: ContentWish | undefined
  /** What of it was chosen in this tab and could not be kept: it holds until the app is closed. */
  unkept: Partial<ContentWish> | undefined
  /** The search, once something has started it. */
  search: PhoneSearch | undefined
  /** How far its index is. */
  indexing: IndexProgress | undefined
  /** Resolves when the person's own store can be used. Rejects when its code cannot be had. */
  opened: () => Promise<Mine>
}

export const PHONE: InjectionKey<Phone> = Symbol('phone')

/** The phone that the app was created with. */
export function usePhone(): Phone {
  const phone = inject(PHONE)
  if (phone === undefined) throw new Error('createLuodi provides PHONE')
  return phone
}

/** The person's own store, for event handlers and after mounting: the server has none. */
export function useMine(): () => Promise<Mine> {
  return usePhone().opened
}
