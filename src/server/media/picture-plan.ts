import { createHash } from 'node:crypto'
import type { Image, Variant } from '#domain/body.ts'
import { type VariantType, variantPath } from '#domain/variant-path.ts'

/** Widths that pictures are made in, pixels: a phone's column at one, two and three pixels a point, and a desk's. */
const WIDTHS = [360, 720, 1080, 1440] as const
/** A step this near to the picture's own width would be a second file of nearly the same. */
const TOO_NEAR = 1.15
/** For browsers that read neither AVIF nor WebP one width is enough. */
const FALLBACK_WIDTH = 1080

/**
 * How pictures are encoded. A change here gives every picture new names. AVIF with more effort is a tenth smaller and takes more
 * than twice the time, in which the first start waits.
 */
export const ENCODING = {
  'image/avif': { quality: 52, effort: 1, chromaSubsampling: '4:2:0' },
  'image/webp': { quality: 76, effort: 4 },
  'image/jpeg': { quality: 80, mozjpeg: true },
  'image/png': { compressionLevel: 9, palette: true },
} as const

/** What is known of an original once it is decoded: pixels as it is to be seen, and whether anything shines through. */
export interface Measured {
  width: number
  height: number
  transparent: boolean
}

export interface PlannedVariant extends Variant {
  type: VariantType
}

/**
 * What is made of a picture: AVIF and WebP at several widths, none wider than it is, and one file for other browsers.
 * The same bytes give the same names, whoever makes them.
 * @param file name of the original, for people to recognise
 * @param bytes the original
 */
export function planPicture(
  file: string,
  bytes: Uint8Array,
  { width, height, transparent }: Measured,
): Required<Pick<Image, 'width' | 'height'>> & { variants: PlannedVariant[] } {
  const digest = createHash('sha256').update(PLAN).update(bytes).digest('hex').slice(0, 16)
  const variant = (at: number, type: VariantType): PlannedVariant => ({
    src: variantPath(readable(file), digest, at, type),
    width: at,
    type,
  })
  const widths = widthsOf(width)
  const fallback = widths.findLast((at) => at <= FALLBACK_WIDTH) ?? width
  return {
    width,
    height,
    variants: [
      ...widths.map((at) => variant(at, 'image/avif')),
      ...widths.map((at) => variant(at, 'image/webp')),
      variant(fallback, transparent ? 'image/png' : 'image/jpeg'),
    ],
  }
}

/** Names the way of making pictures. */
export const PLAN = JSON.stringify({ WIDTHS, TOO_NEAR, FALLBACK_WIDTH, ENCODING })

/** @param own width of the original, pixels */
function widthsOf(own: number): number[] {
  const widest = Math.min(own, Math.max(...WIDTHS))
  return [...WIDTHS.filter((width) => width * TOO_NEAR < widest), widest]
}

/** The name without its folders and ending, in letters that no address has to escape. */
function readable(file: string): string {
  const name = file.replace(/\.[^./]*$/, '').replace(/[^a-z0-9_]+/gi, '-')
  return name.replace(/^-+|-+$/g, '') || 'picture'
}
