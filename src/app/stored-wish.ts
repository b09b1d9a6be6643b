import { DEPTHS, type Wish } from '#replica/bringing.ts'
import * as v from 'valibot'

const KEY = 'luodi-content-wish'

const WishSchema = v.object({
  depth: v.fallback(v.picklist(DEPTHS), 'texts'),
  pause: v.fallback(v.picklist(['auto', 'paused', 'running']), 'auto'),
})

/** How much of the content the person wants on this phone; titles and texts unless they chose. */
export function storedWish(): Wish {
  try {
    return v.parse(WishSchema, JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    // Private modes refuse localStorage, and a broken value is no choice.
    return v.parse(WishSchema, {})
  }
}

export function storeWish(wish: Wish): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(wish))
  } catch {
    // Without storage the choice holds until the app is closed.
  }
}
