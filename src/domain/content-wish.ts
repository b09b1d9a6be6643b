import * as v from 'valibot'

/** How much of the content a person wants on the phone: titles only, texts too, or pictures and files as well. */
export const DEPTHS = ['titles', 'texts', 'everything'] as const
export type Depth = (typeof DEPTHS)[number]

/** What the person wants of the content. What they keep (收藏, 考察包) comes whole, whatever the depth. */
export const ContentWishSchema = v.object({
  depth: v.fallback(v.picklist(DEPTHS), 'texts'),
  /** Paused or not by the person; `auto` pauses where the browser says to save data. */
  pause: v.fallback(v.picklist(['auto', 'paused', 'running']), 'auto'),
})
export type ContentWish = v.InferOutput<typeof ContentWishSchema>

/** What is wanted where nothing was chosen: titles and texts. */
export const NOTHING_CHOSEN: ContentWish = v.parse(ContentWishSchema, {})
