import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Image } from '#domain/body.ts'
import { variantStem } from '#domain/variant-path.ts'
import { ContentFileError } from '#ingest/starter-error.ts'
import type { Database } from '#server/db/database.ts'
import { loadStarter } from '#server/feed/starter.ts'
import { exportRecords } from '#server/feed/store.ts'
import { planPicture } from '#server/media/picture-plan.ts'
import { sizedPictures } from '#server/media/sized-pictures.ts'
import { onEachDatabase } from '../support/databases.ts'
import { article, NOW } from './samples.ts'

let dir = ''
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), 'luodi-media-'))))
afterEach(() => rm(dir, { recursive: true }))

const picture = (width: number, height: number, alpha = false) =>
  sharp({
    create: { width, height, channels: alpha ? 4 : 3, background: { r: 11, g: 92, b: 99, alpha: alpha ? 0.5 : 1 } },
  })
const put = (name: string, bytes: Uint8Array) => writeFile(join(dir, name), bytes)
const showing = (...sources: string[]) => ({
  ...article('a'),
  images: sources.map((src): Image => ({ src, alt: '样图' })),
})

describe('the plan of a picture', () => {
  const widths = (width: number, type: string) =>
    planPicture('a.jpg', Buffer.from('x'), { width, height: 10, transparent: false })
      .variants.filter((variant) => variant.type === type)
      .map((variant) => variant.width)

  it.each([
    [1600, [360, 720, 1080, 1440]],
    [1440, [360, 720, 1080, 1440]],
    [1100, [360, 720, 1100]],
    [800, [360, 800]],
    [360, [360]],
    [40, [40]],
  ])('of %i pixels makes nothing wider than it, and no two that are nearly the same', (width, expected) => {
    expect([widths(width, 'image/avif'), widths(width, 'image/webp')]).toEqual([expected, expected])
  })

  it('has one file for browsers that read neither AVIF nor WebP, a PNG where something shines through', () => {
    expect([widths(1600, 'image/jpeg'), widths(500, 'image/jpeg')]).toEqual([[1080], [500]])
    const { variants } = planPicture('a.png', Buffer.from('x'), { width: 500, height: 10, transparent: true })
    expect(variants.at(-1)).toMatchObject({ type: 'image/png', width: 500 })
  })

  it('gives names that follow from the bytes alone, and that no address has to escape', () => {
    const stem = (file: string, bytes: string) =>
      variantStem(planPicture(file, Buffer.from(bytes), { width: 9, height: 9, transparent: false }).variants[0]!.src)
    expect(stem('a/平面 图-1.jpg', 'x')).toMatch(/^\/media\/a-1-[0-9a-f]{16}$/)
    expect(stem('a.jpg', 'x')).toBe(stem('a.jpg', 'x'))
    expect(stem('a.jpg', 'x')).not.toBe(stem('a.jpg', 'y'))
    expect(stem('图.jpg', 'x')).toMatch(/^\/media\/picture-/)
  })
})

onEachDatabase('pictures of the content', (store) => {
  const made = async ({ db }: Database) =>
    (await db.selectFrom('media').selectAll().execute()).sort((a, b) => (a.name < b.name ? -1 : 1))

  it('are published at several widths, with what is known of them, and what was made is what was said', async () => {
    await put('a.jpg', await picture(800, 600).jpeg().toBuffer())
    const database = await store.open()
    await loadStarter(database, [showing('/media/a.jpg', '/media/plan.svg')], NOW, sizedPictures(database, dir))
    const [record] = await exportRecords(database)
    const [image, drawing] = record!.images
    expect(image).toMatchObject({ src: '/media/a.jpg', width: 800, height: 600 })
    expect(drawing).toEqual({ src: '/media/plan.svg', alt: '样图' })
    const files = await made(database)
    expect(files).toHaveLength(5)
    for (const { src, width, type, bytes } of image!.variants!) {
      const file = files.find(({ name }) => `/media/${name}` === src)!
      const { width: real, height, format } = await sharp(file.bytes).metadata()
      expect([file.type, real, height]).toEqual([type, width, Math.round(width * 0.75)])
      expect(bytes).toBe(file.bytes.byteLength)
      expect(format).toBe({ 'image/avif': 'heif', 'image/webp': 'webp', 'image/jpeg': 'jpeg' }[type])
    }
  })

  it('are turned upright, and lose what the camera wrote beside them', async () => {
    const exif = { IFD0: { Make: 'Camera' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 22/1 48/1' } }
    const lying = await picture(600, 400).jpeg().withExif(exif).withMetadata({ orientation: 6 }).toBuffer()
    expect((await sharp(lying).metadata()).exif?.includes('Camera')).toBe(true)
    await put('a.jpg', lying)
    const database = await store.open()
    await loadStarter(database, [showing('/media/a.jpg')], NOW, sizedPictures(database, dir))
    expect((await exportRecords(database))[0]!.images[0]).toMatchObject({ width: 400, height: 600 })
    for (const { bytes } of await made(database)) {
      const { exif: left, orientation, width = 0, height = 0 } = await sharp(bytes).metadata()
      expect([left, orientation, width < height]).toEqual([undefined, undefined, true])
      expect(bytes.includes('Camera')).toBe(false)
    }
  })

  it('are made once: the same content on the next start, or on another machine, makes and publishes nothing', async () => {
    await put('a.png', await picture(500, 300, true).png().toBuffer())
    const [one, other] = [await store.open(), await store.open()]
    const load = (database: Database, now: number) =>
      loadStarter(database, [showing('/media/a.png')], now, sizedPictures(database, dir))
    expect(await load(one, NOW)).toMatchObject({ added: ['a'] })
    const before = await made(one)
    expect(await load(other, NOW + 1)).toMatchObject({ added: [], updated: [], unchanged: ['a'] })
    await other.db.deleteFrom('meta').where('name', '=', 'starter.digest').execute()
    expect(await load(other, NOW + 2)).toMatchObject({ added: [], updated: [], unchanged: ['a'] })
    expect(await made(other)).toEqual(before)
  })

  it('change with their file: the record is published again with the new ones', async () => {
    const database = await store.open()
    for (const [name, width] of [
      ['a-1.png', 500],
      ['a-2.png', 501],
    ] as const) {
      await put(name, await picture(width, 300).png().toBuffer())
      await loadStarter(database, [showing(`/media/${name}`)], NOW, sizedPictures(database, dir))
      expect((await exportRecords(database))[0]!.images[0]).toMatchObject({ src: `/media/${name}`, width })
    }
  })

  it('that cannot be decoded stop the start with one line that names the file, and nothing is published', async () => {
    const whole = await picture(800, 600).png().toBuffer()
    for (const [name, bytes] of [
      ['text.jpg', Buffer.from('no picture')],
      ['cut.png', whole.subarray(0, whole.length / 2)],
    ] as const) {
      await put(name, bytes)
      const database = await store.open()
      const load = loadStarter(database, [showing(`/media/${name}`)], NOW, sizedPictures(database, dir))
      const error: unknown = await load.catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(ContentFileError)
      expect((error as Error).message).toMatch(new RegExp(`^media/${name}：.*请换成`))
      expect(await exportRecords(database)).toEqual([])
    }
  })
})
