import { changedWish, type ContentWish, ContentWishSchema, NOTHING_CHOSEN } from '#domain/content-wish.ts'
import type { Mine } from '#outbox/mine.ts'
import type { Replica } from '#replica/replica.ts'
import * as v from 'valibot'
import type { Phone } from './phone.ts'
import { readStored } from './stored-json.ts'

/** Where an earlier release kept it. It stays: a tab of that release that is still open goes by it. */
const BEFORE = 'luodi-content-wish'

/** Tells replica and pages what is wanted, when that is known and whenever it changes, in whichever tab. */
export async function followWish(phone: Phone, replica: Replica, mine: Mine): Promise<void> {
  const tell = (wish: ContentWish) => {
    phone.wish = wish
    replica.wish(wish)
  }
  // Lists are wanted in any case: they wait for nothing.
  replica.wish({ depth: 'titles', pause: 'auto' })
  const stored = v.safeParse(ContentWishSchema, readStored(BEFORE))
  const earlier = stored.success ? stored.output : undefined
  // Where it cannot be kept it holds all the same: below.
  if (earlier !== undefined) await mine.wish.takeOver(earlier).catch(() => undefined)
  mine.wish.live().subscribe(
    (wish) => tell(wish ?? earlier ?? NOTHING_CHOSEN),
    () => tell(phone.wish ?? earlier ?? NOTHING_CHOSEN),
  )
  replica.progress().subscribe(
    ({ isTidy }) => {
      // Where that is not noted, it is looked for once more in the next session.
      if (isTidy && phone.wish?.before !== undefined) mine.wish.tidied(phone.wish).catch(() => undefined)
    },
    () => undefined,
  )
}

/**
 * Keeps a choice, then goes by it: what the screen calls chosen outlives the browser.
 * @throws StorageFailedError where it cannot be kept; it holds until the app is closed then
 */
export async function choose(phone: Phone, change: Partial<ContentWish>): Promise<void> {
  let wish = changedWish(phone.wish ?? NOTHING_CHOSEN, change)
  try {
    const mine = await phone.opened()
    wish = await mine.wish.choose(change)
  } finally {
    phone.wish = wish
    phone.replica?.wish(wish)
  }
}
