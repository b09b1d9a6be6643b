import { createStatic } from '#server/http/static.ts'
import { loadAssets } from '#server/http/assets.ts'
import { mediaFiles } from '#server/http/media.ts'
import { Hono } from 'hono'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const SHELL = `<!doctype html><title>落地</title>${'<p>壳</p>'.repeat(300)}`
const SCRIPT = 'console.log(1)\n'.repeat(200)

let dir: string
let app: Hono
const made = () => Promise.resolve(undefined)

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'luodi-static-'))
  const put = (name: string, text: string) => {
    mkdirSync(join(dir, name, '..'), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
  put('web/index.html', SHELL)
  put('web/sw.js', SCRIPT)
  put('web/manifest.webmanifest', '{}')
  put('web/.built-from', 'x')
  put('web/assets/main-BxY3.js', SCRIPT)
  put('media/plan-0a1b.svg', '<svg/>')
  put('secret.txt', 'secret')
  symlinkSync(join(dir, 'secret.txt'), join(dir, 'web', 'assets', 'link.txt'))
  writeFileSync(join(dir, 'web/sw.js.br'), brotliCompressSync(SCRIPT))
  writeFileSync(join(dir, 'web/sw.js.gz'), gzipSync(SCRIPT))
  const answer = createStatic({
    assets: await loadAssets(join(dir, 'web')),
    media: mediaFiles(join(dir, 'media'), made),
    page: (c, place) => c.json(place, place.to === 'nowhere' ? 404 : 200),
  })
  app = new Hono().get('*', (c) => answer(c))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  await app.request(path, { headers, method })

describe('pages', () => {
  it.each([
    ['/', { to: 'home' }],
    ['/articles', { to: 'list', kind: 'article' }],
    ['/policies/', { to: 'list', kind: 'policy' }],
    ['/parks/park-a', { to: 'record', kind: 'park', id: 'park-a' }],
    ['/me/inquiries/0197-x', { to: 'own', path: '/me/inquiries/one' }],
    ['/settle', { to: 'form', type: 'settlement' }],
    ['/search', { to: 'search' }],
    ['/nowhere', { to: 'nowhere' }],
    ['/parks/park-a/more', { to: 'nowhere' }],
  ])('%s is a page', async (path, place) => {
    expect(await (await get(path)).json()).toEqual(place)
  })

  it('knows every page of the app', async () => {
    const router = readFileSync(new URL('../../src/app/router.ts', import.meta.url), 'utf8')
    const paths = [...router.matchAll(/path: '(\/[a-z/]*(?:\/:id)?)'/g)].map(
      ([, path]) => path?.replace(':id', 'x') ?? '',
    )
    expect(paths.length).toBeGreaterThan(5)
    for (const path of paths) expect([path, await (await get(path)).json()]).not.toEqual([path, { to: 'nowhere' }])
  })
})

describe('files', () => {
  it('keeps what is named by its content for ever, and asks about the rest', async () => {
    expect((await get('/assets/main-BxY3.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    for (const path of ['/sw.js', '/manifest.webmanifest', '/index.html']) {
      expect((await get(path)).headers.get('cache-control')).toBe('no-cache')
    }
    expect((await get('/manifest.webmanifest')).headers.get('content-type')).toBe('application/manifest+json')
    expect((await get('/media/plan-0a1b.svg')).headers.get('cache-control')).toContain('immutable')
  })

  it('sends the compressed copy the client can read', async () => {
    const plain = await get('/sw.js')
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, SCRIPT])
    const br = await get('/sw.js', { 'Accept-Encoding': 'gzip, deflate, br' })
    expect([br.headers.get('content-encoding'), br.headers.get('vary')]).toEqual(['br', 'Accept-Encoding'])
    expect(brotliDecompressSync(Buffer.from(await br.arrayBuffer())).toString()).toBe(SCRIPT)
    const gzip = await get('/sw.js', { 'Accept-Encoding': 'br;q=0, gzip' })
    expect(gzip.headers.get('content-encoding')).toBe('gzip')
  })

  it('answers an unchanged file with 304 and no body', async () => {
    const headers = { 'Accept-Encoding': 'br' }
    const etag = (await get('/sw.js', headers)).headers.get('etag') ?? ''
    const again = await get('/sw.js', { ...headers, 'If-None-Match': `"other", W/${etag}` })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await get('/sw.js', { 'If-None-Match': etag })).status).toBe(200)
  })

  it('answers HEAD with the length and no body', async () => {
    const head = await get('/sw.js', {}, 'HEAD')
    expect([head.headers.get('content-length'), await head.text()]).toEqual([String(SCRIPT.length), ''])
  })

  const NO_FILE = [
    '/assets/gone.js',
    '/assets/gone',
    '/media/gone.svg',
    '/media/',
    '/x.php',
    '/api/x',
    '/sync/v9/x',
    '/.built-from',
  ]
  it.each(NO_FILE)('%s is a 404 problem, never a page', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  })

  const OUTSIDE = [
    ...['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/assets/link.txt', '//etc/passwd'],
    ...[
      '/media/..%2fsecret.txt',
      '/media/%2e%2e/secret.txt',
      '/media/..%5csecret.txt',
      '/media//etc/passwd',
      '/media/%00',
    ],
  ]
  it.each(OUTSIDE)('reads nothing outside its folders: %s', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('secret')
  })
})
