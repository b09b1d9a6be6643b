import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { readStarter } from '#ingest/starter.ts'
import { sharePicturePath } from '#server/media/share-picture.ts'
import { ensureServerBundle, ROOT, startServer } from '../support/server.ts'

beforeAll(ensureServerBundle)

/** What a snapshot of the feed says of a record. */
interface Published {
  id: string
  body?: { image?: { width?: number; variants?: { src: string }[] } }[]
}

describe('a server that was started', () => {
  it('answers each width of a photograph of the starter content, and draws a share picture in the bundle’s thread', async () => {
    const server = await startServer()
    const get = async (path: string) => {
      const answer = await fetch(server.url + path)
      return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
    }
    const head = JSON.parse((await get('/sync/v1/head.json')).bytes.toString()) as { snapshot: { url: string } }
    const { records } = JSON.parse((await get(head.snapshot.url)).bytes.toString()) as { records: Published[] }
    const photographs = records.flatMap(({ body = [] }) =>
      body.flatMap(({ image }) => (image?.variants ? [image] : [])),
    )
    expect(photographs.map(({ width }) => width)).toEqual([1600])
    for (const { src } of photographs[0]!.variants!) {
      const { status, bytes } = await get(src)
      const width = Number(/\.w(\d+)\./.exec(src)?.[1])
      expect([src, status, (await sharp(bytes).metadata()).width]).toEqual([src, 200, width])
    }
    const [record] = await readStarter(join(ROOT, 'content'))
    const picture = await get(sharePicturePath(record!))
    expect([picture.status, (await sharp(picture.bytes).metadata()).width]).toEqual([200, 1200])
    expect(await server.stop()).toBe(0)
  })
})
