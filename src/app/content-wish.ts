import { type ContentWish, ContentWishSchema, NOTHING_CHOSEN } from '#domain/content-wish.ts'
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
  const before = stored.success ? stored.output : undefined
  // Where it cannot be kept it holds all the same: below.
  if (before !== undefined) await mine.wish.takeOver(before).catch(() => undefined)
  mine.wish.live().subscribe(
    (wish) => tell(wish ?? before ?? NOTHING_CHOSEN),
    () => tell(phone.wish ?? before ?? NOTHING_CHOSEN),
  )
}

/**
 * Keeps a choice, then goes by it: what the screen calls chosen outlives the browser.
 * @throws StorageFailedError where it cannot be kept; it holds until the app is closed then
 */
export async function choose(phone: Phone, change: Partial<ContentWish>): Promise<void> {
  let wish = { ...(phone.wish ?? NOTHING_CHOSEN), ...change }
  try {
    const mine = await phone.opened()
    wish = await mine.wish.choose(change)
  } finally {
    phone.wish = wish
    phone.replica?.wish(wish)
  }
}
