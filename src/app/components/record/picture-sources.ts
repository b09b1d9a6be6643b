import type { Image } from '#domain/body.ts'

/**
 * How wide the text column is, for the browser to choose a file before it has laid out the page: 646 px (38 em of 17 px) at most,
 * the screen without its margins below that, and from 840 px without the side column. As in RecordPage.vue.
 */
export const COLUMN_SIZES =
  '(min-width: 1046px) 646px, (min-width: 840px) calc(100vw - 400px), (min-width: 678px) 646px, calc(100vw - 32px)'

/** Formats for `<source>`, the smallest first; a browser takes the first that it reads. */
const SOURCE_TYPES = ['image/avif', 'image/webp']

/** What `<source>` offers of a picture: for each format its files and how wide they are. */
export function sourcesOf({ variants = [] }: Image): { type: string; srcset: string }[] {
  return SOURCE_TYPES.flatMap((type) => {
    const files = variants.filter((variant) => variant.type === type)
    return files.length === 0 ? [] : [{ type, srcset: files.map(({ src, width }) => `${src} ${width}w`).join(', ') }]
  })
}

/** The file for browsers that read none of those. */
export function fallbackOf({ src, variants = [] }: Image): string {
  return variants.find(({ type }) => !SOURCE_TYPES.includes(type))?.src ?? src
}
