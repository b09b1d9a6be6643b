import { Hono } from 'hono'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { mediaFiles } from '#server/http/media.ts'
import { createStatic } from '#server/http/static.ts'
import { findMedia, storeMedia } from '#server/media/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { anApp } from './an-app.ts'
import { NOW } from './samples.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'luodi-media-'))
  writeFileSync(join(dir, 'a-1.jpg'), 'the original')
})
afterEach(() => rmSync(dir, { recursive: true }))

onEachDatabase('/media', (store) => {
  const asking = async () => {
    const database = await store.open()
    await storeMedia(database.db, { name: 'a-1.jpg', type: 'image/avif', bytes: Buffer.from('never seen'), at: NOW })
    await storeMedia(database.db, { name: 'a-2.w720.avif', type: 'image/avif', bytes: Buffer.from('made'), at: NOW })
    const answer = createStatic({
      assets: new Map(),
      media: mediaFiles(dir, (name) => findMedia(database.db, name)),
      page: (c) => c.notFound(),
    })
    return anApp(database, { site: () => new Hono().get('*', (c) => answer(c)) }).ask
  }

  it('answers what lies in the folder, else what was made, each to be kept for ever', async () => {
    const ask = await asking()
    for (const [path, type, text] of [
      ['/media/a-1.jpg', 'image/jpeg', 'the original'],
      ['/media/a-2.w720.avif', 'image/avif', 'made'],
    ] as const) {
      const answer = await ask(path)
      expect([answer.status, await answer.text()]).toEqual([200, text])
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': type,
        'content-length': String(text.length),
        'cache-control': 'public, max-age=31536000, immutable',
        etag: expect.stringMatching(/^"[\w-]{22}"$/) as string,
        'x-content-type-options': 'nosniff',
      })
    }
    expect((await ask('/media/a-3.w720.avif')).status).toBe(404)
  })

  it('answers HEAD without a body, and what the client holds already with 304', async () => {
    const ask = await asking()
    for (const [path, length] of [
      ['/media/a-1.jpg', '12'],
      ['/media/a-2.w720.avif', '4'],
    ] as const) {
      const head = await ask(path, { method: 'HEAD' })
      expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, length, ''])
      const etag = head.headers.get('etag') ?? ''
      const again = await ask(path, { headers: { 'If-None-Match': etag } })
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, ''])
      expect((await ask(path, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200)
    }
    expect((await ask('/media/a-3.w720.avif', { headers: { 'If-None-Match': '*' } })).status).toBe(404)
  })

  it('answers a part of a document, which may be long', async () => {
    const ask = await asking()
    const part = await ask('/media/a-1.jpg', { headers: { Range: 'bytes=4-' } })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 4-11/12',
      'original',
    ])
    expect((await ask('/media/a-1.jpg', { headers: { Range: 'bytes=99-' } })).status).toBe(416)
  })
})

it('asks no database about what no made file is called', async () => {
  const asked: string[] = []
  const media = mediaFiles(dir, (name) => {
    asked.push(name)
    return Promise.resolve(undefined)
  })
  const app = new Hono().get('*', async (c) => (await media(c)) ?? c.notFound())
  for (const name of ['a/b.avif', '.hidden', 'share/a/b.png', 'a%20b.avif', 'share/.png']) {
    expect((await app.request(`/media/${name}`)).status).toBe(404)
  }
  expect((await app.request('/media/share/a.png')).status).toBe(404)
  expect(asked).toEqual(['share/a.png'])
})
