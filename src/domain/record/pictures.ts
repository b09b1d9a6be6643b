import type { Block, Image } from '../body.ts'
import type { ContentRecord } from './record.ts'

type Pictured = Pick<ContentRecord, 'images' | 'body'>

/** Every picture of a record: those beside its text, then those in it. */
export function picturesOf({ images, body = [] }: Pictured): Image[] {
  return [...images, ...body.flatMap((block) => (block.type === 'image' ? [block.image] : []))]
}

/**
 * The record with other pictures.
 * @param change gives the picture that takes another's place; `field` says where it stands: `images` or `body`
 */
export function withPictures<R extends Pictured>(record: R, change: (image: Image, field: string) => Image): R {
  const block = (one: Block): Block => (one.type === 'image' ? { ...one, image: change(one.image, 'body') } : one)
  return {
    ...record,
    images: record.images.map((image) => change(image, 'images')),
    ...(record.body === undefined ? {} : { body: record.body.map(block) }),
  }
}
