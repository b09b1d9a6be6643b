import * as v from 'valibot'

/** How much of the content a person wants on the phone: titles only, texts too, or pictures and files as well. */
export const DEPTHS = ['titles', 'texts', 'everything'] as const
export type Depth = (typeof DEPTHS)[number]

/** What the person wants of the content. What they keep (收藏, 考察包) comes whole, whatever the depth. */
export const ContentWishSchema = v.object({
  depth: v.fallback(v.picklist(DEPTHS), 'texts'),
  /** Paused or not by the person; `auto` pauses where the browser says to save data. */
  pause: v.fallback(v.picklist(['auto', 'paused', 'running']), 'auto'),
  /** What was wanted before, until what is too much since has gone. */
  before: v.fallback(v.optional(v.picklist(DEPTHS)), undefined),
})
export type ContentWish = v.InferOutput<typeof ContentWishSchema>

/** What is wanted where nothing was chosen: titles and texts. */
export const NOTHING_CHOSEN: ContentWish = v.parse(ContentWishSchema, {})

/** Whether one depth takes in more than another. */
export function isDeeper(one: Depth, other: Depth): boolean {
  return DEPTHS.indexOf(one) > DEPTHS.indexOf(other)
}

/** What is wanted when a part of it was changed. */
export function changedWish(was: ContentWish, change: Partial<ContentWish>): ContentWish {
  const { before = was.depth, ...rest } = was
  const wish = { ...rest, ...change }
  return isDeeper(before, wish.depth) ? { ...wish, before } : wish
}
