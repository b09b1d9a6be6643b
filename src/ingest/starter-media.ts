import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Image } from '#domain/body.ts'
import { withPictures } from '#domain/record/pictures.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { ContentFileError } from './starter-error.ts'

/** Folder of the pictures, and the path under which the site serves them. */
export const MEDIA = 'media'
const PREFIX = `/${MEDIA}/`

/** CSS pixels, where the picture states them. */
type Size = Pick<Image, 'width' | 'height'>
export type MediaFiles = ReadonlyMap<string, Size>

/** Sizes of the pictures in a folder, by path below it. Only drawings (SVG) state theirs without a decoder; photographs get theirs where they are decoded, on the server. */
export async function readMedia(folder: string): Promise<MediaFiles> {
  const names = await readdir(folder, { recursive: true })
  return new Map(await Promise.all(names.map(async (name) => [name, await sizeOf(join(folder, name))] as const)))
}

async function sizeOf(file: string): Promise<Size> {
  return file.endsWith('.svg') ? drawingSize(await readFile(file, 'utf8')) : {}
}

/**
 * The record with the sizes of its pictures filled in, so that a page keeps their room free while they load.
 * @param file path of the record's file, for the error
 * @throws {ContentFileError} when a picture of this site is not among the files
 */
export function withImageSizes(record: ContentRecord, media: MediaFiles, file: string): ContentRecord {
  return withPictures(record, (image, field) => {
    if (!image.src.startsWith(PREFIX)) return image
    const size = media.get(image.src.slice(PREFIX.length))
    if (size === undefined) throw new ContentFileError(file, field, `${MEDIA} 文件夹里没有图片 ${image.src}`)
    return { ...size, ...image }
  })
}

function drawingSize(svg: string): Size {
  const [, root = ''] = /<svg\b([^>]*)>/.exec(svg) ?? []
  const [, width] = /\swidth="(\d+)(?:px)?"/.exec(root) ?? []
  const [, height] = /\sheight="(\d+)(?:px)?"/.exec(root) ?? []
  if (width !== undefined && height !== undefined) return { width: Number(width), height: Number(height) }
  const [, ...box] = /\sviewBox="\S+[\s,]+\S+[\s,]+([\d.]+)[\s,]+([\d.]+)"/.exec(root) ?? []
  const [boxWidth = 0, boxHeight = 0] = box.map((side) => Math.round(Number(side)))
  return boxWidth > 0 && boxHeight > 0 ? { width: boxWidth, height: boxHeight } : {}
}
