import { changedWish, type ContentWish, ContentWishSchema, NOTHING_CHOSEN } from '#domain/content-wish.ts'
import type { Mine } from '#outbox/mine.ts'
import type { Replica } from '#replica/replica.ts'
import * as v from 'valibot'
import type { Phone } from './phone.ts'
import { readStored } from './stored-json.ts'

/** Where an earlier release kept it. It stays: a tab of that release that is still open goes by it. */
const BEFORE = 'luodi-content-wish'

/** How long the person's own store may take to answer, ms: it may never do so (seen on iOS). */
const PATIENCE_MS = 20_000

/**
 * Tells replica and pages what is wanted, when that is known and whenever it changes, in whichever tab. Where it does not get known they
 * go by what an earlier release kept, or as where nothing was chosen.
 */
export function followWish(phone: Phone, replica: Replica, mine: Mine): void {
  // Lists are wanted in any case: they wait for nothing.
  replica.wish({ depth: 'titles', pause: 'auto' })
  const earlier = keptEarlier()
  const show = (kept: ContentWish) => goBy(phone, changedWish(kept, phone.unkept ?? {}))
  let last: ContentWish | undefined
  const tell = (kept = earlier ?? NOTHING_CHOSEN) => {
    phone.unkept = stillUnkept(phone.unkept, kept, last)
    last = kept
    show(kept)
  }
  const goOnWithout = () => {
    if (phone.wish === undefined) show(earlier ?? NOTHING_CHOSEN)
  }
  setTimeout(goOnWithout, PATIENCE_MS)
  // Where it cannot be kept it holds all the same.
  if (earlier !== undefined) mine.wish.takeOver(earlier).catch(() => undefined)
  mine.wish.live().subscribe(tell, goOnWithout)
  let noted: ContentWish | undefined
  replica.progress().subscribe(
    ({ isTidy }) => {
      const { wish } = phone
      if (!isTidy || wish?.before === undefined || wish === noted) return
      noted = wish
      // Where that is not noted, it is looked for once more in the next session.
      mine.wish.tidied(wish).catch(() => undefined)
    },
    () => undefined,
  )
}

/**
 * Keeps a choice, then goes by it: what the screen calls chosen outlives the browser. What cannot be kept is carried out all the same,
 * for who wants less on a full phone makes room by it; it holds until the app is closed, and `unkept` says so.
 */
export async function choose(phone: Phone, change: Partial<ContentWish>): Promise<void> {
  const mine = await phone.opened()
  const goneBy = phone.wish ?? keptEarlier() ?? NOTHING_CHOSEN
  const kept = await inTime(mine.wish.choose({ ...phone.unkept, ...change }, goneBy))
  phone.unkept = kept === undefined ? { ...phone.unkept, ...change } : undefined
  goBy(phone, kept ?? changedWish(phone.wish ?? goneBy, change))
}

/** What could not be kept, but for what has been since, and for what somebody chose anew in another tab: then that differs from the last. */
function stillUnkept(
  unkept: Partial<ContentWish> | undefined,
  kept: ContentWish,
  last = kept,
): Partial<ContentWish> | undefined {
  const entries = Object.entries(unkept ?? {}) as [keyof ContentWish, unknown][]
  const still = entries.filter(([field, chosen]) => kept[field] !== chosen && kept[field] === last[field])
  return still.length === 0 ? undefined : Object.fromEntries(still)
}

function keptEarlier(): ContentWish | undefined {
  const stored = v.safeParse(ContentWishSchema, readStored(BEFORE))
  return stored.success ? stored.output : undefined
}

function goBy(phone: Phone, wish: ContentWish): void {
  phone.wish = wish
  phone.replica?.wish(wish)
}

/** Undefined for what fails, which is reported, and for what does not answer in time. */
function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  const failed = (error: unknown) => void reportError(error)
  return Promise.race([work.catch(failed), new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS))])
}
