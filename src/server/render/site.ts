import type { RecordKind } from '#domain/record/record.ts'

/** What the site calls itself; `short` ends the title of every page but the first. */
export const SITE = { name: '落地 · 嘉定招商', short: '落地' } as const

/** What readers call the kinds: as the app's own headings do. */
export const KIND_NAMES: Readonly<Record<RecordKind, string>> = {
  article: '招商资讯',
  project: '招商项目',
  policy: '优惠政策',
  park: '产业园区',
  listing: '房源地块',
  guide: '投资流程',
}

/** Path of the picture that stands for the site, a square PNG of 512 px. */
export const SITE_PICTURE = '/icons/icon-512.png'

/**
 * Address of something on this site, percent-encoded (WHATWG URL).
 * @param origin scheme and host: `https://luodi.example`
 * @param path from the root, with a query where it has one
 */
export function addressOf(origin: string, path: string): string {
  return new URL(path, origin).href
}
