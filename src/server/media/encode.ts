import sharp, { type Sharp } from 'sharp'
import type { VariantType } from '#domain/variant-path.ts'
import { ENCODING, type Measured } from './picture-plan.ts'

// Nothing is decoded twice here, and what libvips would remember of it stays with the server for good.
sharp.cache(false)

/** A picture that cannot be decoded. */
export class UnreadablePictureError extends Error {
  override readonly name = 'UnreadablePictureError'
}

/**
 * @param bytes a JPEG, PNG or WebP file
 * @throws UnreadablePictureError
 */
export async function measure(bytes: Uint8Array): Promise<Measured> {
  return decoding(async () => {
    const { autoOrient, hasAlpha } = await sharp(bytes).metadata()
    return { width: autoOrient.width, height: autoOrient.height, transparent: hasAlpha }
  })
}

/**
 * The picture at a width in a format, turned upright, in sRGB, and with nothing of what a camera writes beside it: time, place,
 * device.
 * @param width pixels
 * @throws UnreadablePictureError when it is broken further on than its head
 */
export async function encode(bytes: Uint8Array, width: number, type: VariantType): Promise<Buffer> {
  const resized = sharp(bytes, { failOn: 'error' }).autoOrient().resize({ width, withoutEnlargement: true })
  return decoding(() => inFormat(resized, type).toBuffer())
}

function inFormat(picture: Sharp, type: VariantType): Sharp {
  switch (type) {
    case 'image/avif':
      return picture.avif(ENCODING[type])
    case 'image/webp':
      return picture.webp(ENCODING[type])
    case 'image/jpeg':
      return picture.jpeg(ENCODING[type])
    case 'image/png':
      return picture.png(ENCODING[type])
  }
}

async function decoding<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new UnreadablePictureError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
