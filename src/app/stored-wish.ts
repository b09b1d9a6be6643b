import { DEPTHS, type Wish } from '#replica/bringing.ts'
import * as v from 'valibot'
import { readStored, writeStored } from './stored-json.ts'

const KEY = 'luodi-content-wish'

const WishSchema = v.object({
  depth: v.fallback(v.picklist(DEPTHS), 'texts'),
  pause: v.fallback(v.picklist(['auto', 'paused', 'running']), 'auto'),
})

/** How much of the content the person wants on this phone; titles and texts unless they chose. */
export function storedWish(): Wish {
  const stored = v.safeParse(WishSchema, readStored(KEY))
  return stored.success ? stored.output : v.parse(WishSchema, {})
}

/** Calls back when another tab has stored another choice. @returns a function that ends it */
export function onWishElsewhere(take: (wish: Wish) => void): () => void {
  const hear = ({ key }: StorageEvent) => {
    if (key === KEY) take(storedWish())
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}

export function storeWish(wish: Wish): void {
  writeStored(KEY, wish)
}
