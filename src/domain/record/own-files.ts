import type { Image } from '../body.ts'
import type { FileRef } from '../feed-v2.ts'
import { picturesOf } from './pictures.ts'
import type { ContentRecord } from './record.ts'

/** Of a picture's widths, the one that suits a phone's screen whatever it is held like; pixels. */
const KEPT_WIDTH = 1080
/** Read by every browser that has service workers; AVIF is not. */
const KEPT_TYPE = 'image/webp'

/** Where the files of this site are; its other paths are pages, which the phone has anyway. */
const MEDIA_PATH = '/media/'

/** Pictures and attachments of a record that are files of this site, each once. What lies elsewhere is only linked to. */
export function ownFiles({
  images,
  attachments,
  body = [],
}: Pick<ContentRecord, 'images' | 'attachments' | 'body'>): FileRef[] {
  const files = [
    ...picturesOf({ images, body }).map(keptFile),
    ...attachments.map(({ url, bytes, sha256 }) => fileRef(url, { bytes, sha256 })),
  ]
  const own = files.filter(({ path }) => path.startsWith(MEDIA_PATH))
  return [...new Map(own.map((file) => [file.path, file])).values()]
}

/** The one file of a picture that a phone keeps: of several widths the WebP nearest to 1080 pixels, the smaller of two as near. */
function keptFile({ src, variants = [] }: Image): FileRef {
  const distance = ({ width }: { width: number }) => Math.abs(width - KEPT_WIDTH)
  const [nearest] = variants
    .filter(({ type }) => type === KEPT_TYPE)
    .sort((a, b) => distance(a) - distance(b) || a.width - b.width)
  return nearest === undefined ? { path: src } : fileRef(nearest.src, { bytes: nearest.bytes, width: nearest.width })
}

/** What is not known is left out. */
function fileRef(path: string, known: { [K in 'bytes' | 'width' | 'sha256']?: FileRef[K] | undefined }): FileRef {
  const facts = Object.entries(known).filter(([, value]) => value !== undefined)
  return { path, ...Object.fromEntries(facts) }
}
