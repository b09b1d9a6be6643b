import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { picturesOf, withPictures } from '#domain/record/pictures.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { ContentFileError } from '#ingest/starter-error.ts'
import type { Database } from '../db/database.ts'
import { encode, measure, UnreadablePictureError } from './encode.ts'
import { PLAN, planPicture } from './picture-plan.ts'
import { storeMedia, storedSizes } from './store.ts'

const PREFIX = '/media/'
/** What is decoded here. A drawing (SVG) fits every width as it is. */
const PHOTOGRAPH = /^\/media\/(?!.*\.\.)[^?#]+\.(?:jpe?g|png|webp)$/i

/** What records say of each file beside its address: a change here publishes records with pictures again. */
const NAMED = ['bytes']

type Planned = ReturnType<typeof planPicture>

/** Makes the pictures of records fit for phones. */
export interface SizedPictures {
  /** Says, without reading any, which pictures the records show and how they would be made: the same text, the same result. */
  fingerprint(records: readonly ContentRecord[]): Promise<string>
  /**
   * Stores each picture at its widths and gives the records that name them. What is stored already is not made again.
   * @param now milliseconds since 1970 (UTC)
   * @throws ContentFileError for a picture that is not there or cannot be decoded
   */
  apply(records: readonly ContentRecord[], now: number): Promise<ContentRecord[]>
}

/** @param dir folder of the originals, which carry their digest in their names */
export function sizedPictures({ db }: Database, dir: string): SizedPictures {
  async function make(file: string, now: number): Promise<Planned> {
    const bytes = await original(join(dir, file), file)
    const planned = planPicture(file, bytes, await measure(bytes))
    const nameOf = ({ src }: { src: string }) => src.slice(PREFIX.length)
    const sizes = await storedSizes(db, planned.variants.map(nameOf))
    const missing = planned.variants.filter((variant) => !sizes.has(nameOf(variant)))
    // One after the other: an encoder takes every processor by itself, and many times the picture's memory.
    for (const variant of missing) {
      const encoded = await encode(bytes, variant.width, variant.type)
      await storeMedia(db, { name: nameOf(variant), type: variant.type, bytes: encoded, at: now })
      sizes.set(nameOf(variant), encoded.byteLength)
    }
    // What is stored under a name stays; whose bytes they are, this process's or another's, is a matter of the encoder's release.
    const variants = planned.variants.map((variant) => ({ ...variant, bytes: sizes.get(nameOf(variant)) ?? 0 }))
    return { ...planned, variants }
  }

  return {
    async fingerprint(records) {
      const sizes = await Promise.all(
        photographs(records).map(async (file) => [file, (await found(() => stat(join(dir, file)), file)).size]),
      )
      return sizes.length === 0 ? '' : JSON.stringify([PLAN, NAMED, sizes])
    },
    async apply(records, now) {
      const planned = new Map<string, Planned>()
      for (const file of photographs(records)) {
        planned.set(PREFIX + file, await readable(() => make(file, now), file))
      }
      return records.map((record) => withPictures(record, (image) => ({ ...image, ...planned.get(image.src) })))
    },
  }
}

/** Names below the folder, each once. */
function photographs(records: readonly ContentRecord[]): string[] {
  const paths = records.flatMap(picturesOf).flatMap(({ src }) => (PHOTOGRAPH.test(src) ? [src] : []))
  return [...new Set(paths)].sort().map((path) => path.slice(PREFIX.length))
}

function original(path: string, file: string): Promise<Buffer> {
  return found(() => readFile(path), file)
}

async function found<T>(read: () => Promise<T>, file: string): Promise<T> {
  return read().catch((error: unknown) => {
    throw new ContentFileError(`media/${file}`, '', `打不开这张图片，请检查文件和权限（${String(error)}）`)
  })
}

async function readable<T>(work: () => Promise<T>, file: string): Promise<T> {
  return work().catch((error: unknown) => {
    if (!(error instanceof UnreadablePictureError)) throw error
    const advice = `这张图片解不开，请换成完好的 JPEG、PNG 或 WebP 文件（${error.message}）`
    throw new ContentFileError(`media/${file}`, '', advice)
  })
}
