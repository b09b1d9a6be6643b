import type { Image } from '../body.ts'
import { picturesOf } from './pictures.ts'
import type { ContentRecord } from './record.ts'

/** Of a picture's widths, the one that suits a phone's screen whatever it is held like; pixels. */
const KEPT_WIDTH = 1080
/** Read by every browser that has service workers; AVIF is not. */
const KEPT_TYPE = 'image/webp'

/** Pictures and attachments of a record that are files of this site, by path, each once. What lies elsewhere is only linked to. */
export function ownFiles({
  images,
  attachments,
  body = [],
}: Pick<ContentRecord, 'images' | 'attachments' | 'body'>): string[] {
  const files = [...picturesOf({ images, body }).map(keptFile), ...attachments.map(({ url }) => url)]
  return [...new Set(files.filter((file) => file.startsWith('/')))]
}

/** The one file of a picture that a phone keeps: of several widths the WebP nearest to 1080 pixels, the smaller of two as near. */
export function keptFile({ src, variants = [] }: Image): string {
  const distance = ({ width }: { width: number }) => Math.abs(width - KEPT_WIDTH)
  const [nearest] = variants
    .filter(({ type }) => type === KEPT_TYPE)
    .sort((a, b) => distance(a) - distance(b) || a.width - b.width)
  return nearest?.src ?? src
}
