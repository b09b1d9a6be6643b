import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Image } from '#domain/body.ts'
import type { Database } from '../db/database.ts'
import { sizedPictures } from '../media/sized-pictures.ts'
import { syntheticRecord } from './records.ts'

/** Distinct pictures: few, so that a phone that keeps them all keeps little. */
const COUNT = 8
const WIDTH = 720
const HEIGHT = 480

/**
 * Draws the few pictures that the records share and takes them through the pipeline of real ones. Their originals are not kept:
 * the widest JPEG stands for them.
 * @param now milliseconds since 1970 (UTC)
 */
export async function syntheticPictures(database: Database, now: number): Promise<Image[]> {
  const dir = await mkdtemp(join(tmpdir(), 'luodi-pictures-'))
  try {
    const names = Array.from({ length: COUNT }, (_, n) => `synthetic-${n + 1}.png`)
    for (const [n, name] of names.entries()) await writeFile(join(dir, name), await draw(n))
    const images = names.map((name, n) => ({ src: `/media/${name}`, alt: `示例图片 ${n + 1}` }))
    const carrier = { ...syntheticRecord({ seed: 0 }, { n: 0 }), images }
    const [made] = await sizedPictures(database, dir).apply([carrier], now)
    return (made?.images ?? []).map((image) => ({ ...image, src: image.variants?.at(-1)?.src ?? image.src }))
  } finally {
    await rm(dir, { recursive: true })
  }
}

/** A building under a sky, in the colours of its number. */
async function draw(n: number): Promise<Buffer> {
  const hue = (n * 360) / COUNT
  const storeys = Array.from({ length: 3 + (n % 4) }, (_, k) => {
    const y = HEIGHT - 90 - k * 60
    return `<rect x="${120 + 20 * (n % 3)}" y="${y}" width="440" height="44" fill="hsl(${hue + 40} 45% 82%)"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue} 55% 45%)"/><stop offset="1" stop-color="hsl(${hue} 60% 85%)"/></linearGradient>
    <rect width="100%" height="100%" fill="url(#sky)"/><circle cx="${80 + n * 70}" cy="90" r="40" fill="#fff8d8"/>${storeys.join('')}
    <rect y="${HEIGHT - 40}" width="100%" height="40" fill="hsl(${hue + 90} 30% 40%)"/></svg>`
  return sharp(Buffer.from(svg)).removeAlpha().png().toBuffer()
}
