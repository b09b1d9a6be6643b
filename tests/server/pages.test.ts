import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { Article } from '#domain/record/article.ts'
import { startEpoch } from '#server/feed/epoch.ts'
import { publishRecords, withdrawRecords } from '#server/feed/review.ts'
import { storePage } from '#server/feed/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { aSite, pageData } from './a-site.ts'
import { article, doubtfulPage, NOW, page } from './samples.ts'

const BODY: Article['body'] = [
  { type: 'heading', level: 2, text: [{ text: '一、</script><b>起因</b>' }] },
  { type: 'paragraph', text: [{ text: '正文里的一句话。' }] },
]
const real = (id: string, title?: string): Article => ({ ...article(id, title), sample: false, body: BODY })

onEachDatabase('pages', (store) => {
  it('shows a record as a reader without JavaScript reads it, with its data beside it', async () => {
    const database = await store.open()
    await storePage(database, page([real('a-1', '第一条消息')]), NOW)
    const { ask } = await aSite(database)
    const response = await ask('/articles/a-1')
    const html = await response.text()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(html).toContain('<h1 lang="zh-CN"')
    expect(html).toContain('正文里的一句话。')
    expect(html).toContain('<title>第一条消息 · 落地</title>')
    expect(html).toContain('<link rel="canonical" href="http://localhost/articles/a-1">')
    expect(pageData(html).answers['article/a-1']).toMatchObject({ id: 'a-1', body: BODY })
    expect(html).not.toContain('</script><b>')
  })

  it('answers what is not there with 404 and what was withdrawn with 410, in words', async () => {
    const database = await store.open()
    await storePage(database, page([real('a-1'), real('a-2')]), NOW)
    await storePage(database, doubtfulPage(real('waits')), NOW)
    const { ask } = await aSite(database)
    expect((await ask('/articles/a-1')).status).toBe(200)
    await withdrawRecords(database, ['a-1'], NOW)
    const statuses = { '/articles/a-1': 410, '/articles/waits': 404, '/articles/never': 404, '/projects/a-1': 404 }
    for (const [path, status] of Object.entries({ ...statuses, '/parks/x/more': 404, '/nowhere': 404 })) {
      const response = await ask(path)
      const html = await response.text()
      expect([path, response.status]).toEqual([path, status])
      expect(html).toMatch(/没有找到这条内容|没有这个页面/)
      expect(html).toContain('<meta name="robots" content="noindex">')
      const etag = response.headers.get('etag') ?? ''
      expect((await ask(path, { headers: { 'If-None-Match': etag } })).status).toBe(status)
    }
  })

  it('shows a published change at once, whichever process published it, and each rendering only once', async () => {
    const [one, other] = [await store.open(), await store.open()]
    await storePage(one, page([real('a-1', '早')]), NOW)
    const { ask } = await aSite(one)
    expect(await (await ask('/articles')).text()).toContain('共 1 条')
    await storePage(other, page([real('a-1', '晚'), real('a-2')]), NOW + 1)
    const list = await (await ask('/articles')).text()
    expect(list).toContain('晚')
    expect(await (await ask('/articles/a-1')).text()).toContain('晚')
    await withdrawRecords(other, ['a-1'], NOW + 2)
    expect(await (await ask('/articles')).text()).toContain('共 0 条')
    await publishRecords(other, ['a-1'], NOW + 3)
    await startEpoch(other, NOW + 4)
    const after = await (await ask('/articles')).text()
    expect(after).toContain('共 1 条')
    expect(pageData(after).content.version).toBe(2)
  })

  it('answers with 304 while the client holds the page, and anew when it changed', async () => {
    const database = await store.open()
    await storePage(database, page([real('a-1')]), NOW)
    const { ask } = await aSite(database)
    const first = await ask('/articles/a-1', { headers: { 'Accept-Encoding': 'br' } })
    const etag = first.headers.get('etag') ?? ''
    const modified = first.headers.get('last-modified') ?? ''
    expect(first.headers.get('cache-control')).toBe('no-cache')
    const asked = (headers: Record<string, string>) =>
      ask('/articles/a-1', { headers: { 'Accept-Encoding': 'br', ...headers } })
    expect((await asked({ 'If-None-Match': etag })).status).toBe(304)
    expect((await asked({ 'If-Modified-Since': modified })).status).toBe(304)
    expect((await asked({ 'If-None-Match': '"other"', 'If-Modified-Since': modified })).status).toBe(200)
    const before = new Date(Date.parse(modified) - 1000).toUTCString()
    expect((await asked({ 'If-Modified-Since': before })).status).toBe(200)
    await storePage(database, page([real('a-1', '改过的标题')]), NOW + 1)
    expect((await asked({ 'If-None-Match': etag })).status).toBe(200)
  })

  it('sends the same page in each encoding, and on another day another one', async () => {
    const database = await store.open()
    await storePage(database, page([real('a-1')]), NOW)
    let now = NOW
    const { ask } = await aSite(database, () => now)
    const bytes = async (encoding: string) =>
      Buffer.from(await (await ask('/', { headers: { 'Accept-Encoding': encoding } })).arrayBuffer())
    const plain = (await bytes('identity')).toString()
    expect(brotliDecompressSync(await bytes('br')).toString()).toBe(plain)
    expect(gunzipSync(await bytes('gzip')).toString()).toBe(plain)
    now += 86_400_000
    expect((await bytes('identity')).toString()).not.toBe(plain)
  })

  it('takes addresses with other parameters for the same page', async () => {
    const database = await store.open()
    await storePage(database, page([real('a-1')]), NOW)
    const { ask } = await aSite(database)
    const html = async (path: string) => await (await ask(path)).text()
    expect(await html('/articles?utm_source=x&page=1')).toBe(await html('/articles'))
    expect(await html('/articles/a-1?from=wechat')).toBe(await html('/articles/a-1'))
    expect(await html(`/articles?tag=${encodeURIComponent('别的')}`)).toContain('没有符合条件的内容')
  })

  it('pages its lists, with links and canonical addresses', async () => {
    const database = await store.open()
    const many = Array.from({ length: 43 }, (_, n) => real(`a-${100 + n}`))
    await storePage(database, page([], { article: many[0] ?? null }), NOW)
    for (const one of many) await storePage(database, page([one]), NOW)
    const { ask } = await aSite(database)
    const idsOf = async (path: string) => {
      const html = await (await ask(path)).text()
      const shown = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ''
      return { html, ids: [...new Set([...shown.matchAll(/\/articles\/(a-\d+)/g)].map(([, id]) => id))] }
    }
    const pages = [await idsOf('/articles'), await idsOf('/articles?page=2'), await idsOf('/articles?page=3')]
    expect(pages.map(({ ids }) => ids.length)).toEqual([20, 20, 3])
    expect(new Set(pages.flatMap(({ ids }) => ids)).size).toBe(43)
    expect(pages[0]?.html).toContain('href="/articles?page=2"')
    expect(pages[1]?.html).toContain('rel="prev"')
    expect(pages[1]?.html).toContain('<link rel="canonical" href="http://localhost/articles?page=2">')
    const beyond = await idsOf('/articles?page=99')
    expect(beyond.ids).toEqual(pages[2]?.ids)
    for (const { html } of [beyond, await idsOf('/articles?page=2&tag=x')])
      expect(html).toContain('<link rel="canonical" href="http://localhost/articles">')
    expect((await idsOf('/articles?page=-1e9')).ids).toEqual(pages[0]?.ids)
  })

  it('finds without JavaScript what a title says', async () => {
    const database = await store.open()
    await storePage(database, page([real('a-1', '外冈镇的消息'), article('a-2')]), NOW)
    const { ask } = await aSite(database)
    const html = await (await ask(`/search?q=${encodeURIComponent('外冈')}`)).text()
    expect(html).toContain('共 1 条')
    expect(html).toContain('/articles/a-1')
  })

  it('carries one style sheet and one script, which alone the policy lets stand in a page', async () => {
    const { ask, hashes } = await aSite(await store.open())
    const response = await ask('/')
    const html = await response.text()
    const standing = (pattern: RegExp) =>
      [...html.matchAll(pattern)].map(([, text = '']) => `sha256-${createHash('sha256').update(text).digest('base64')}`)
    expect(standing(/<style>([\s\S]*?)<\/style>/g)).toEqual([hashes.style])
    expect(standing(/<script(?! type="application\/)[^>]*>([\s\S]*?)<\/script>/g)).toEqual([hashes.script])
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain(`style-src 'self' '${hashes.style}'`)
    expect(policy).toContain(`script-src 'self' '${hashes.script}'`)
    expect(html).not.toMatch(/ style="| on[a-z]+="/)
  })

  it('says on a page what is wrong when there is no database, and to a program as a problem', async () => {
    const database = await store.open()
    const { ask } = await aSite(database)
    await database.close()
    const page = await ask('/articles', { headers: { Accept: 'text/html,*/*;q=0.8' } })
    expect(page.status).toBeGreaterThanOrEqual(500)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(await page.text()).toMatch(/<h1>.+请稍后再试<\/h1>.*<a href="">再试一次<\/a>/)
    const headers = [{ Accept: '*/*' }, { Accept: 'text/html' }]
    const answers = await Promise.all([
      ask('/articles', { headers: headers[0]! }),
      ask('/api/x', { headers: headers[1]! }),
    ])
    for (const { headers } of answers) expect(headers.get('content-type')).toBe('application/problem+json')
  })

  it('limits how often one client may ask for pages that nobody else asks for', async () => {
    const { ask } = await aSite(await store.open(), undefined, { reads: 2, writes: 1, parts: 1 })
    const statuses = async (path: string) => {
      const answers = [await ask(path), await ask(path), await ask(path)]
      return answers.map(({ status }) => status)
    }
    expect(await statuses('/search?q=x')).toEqual([200, 200, 429])
    expect(await statuses('/contact')).toEqual([429, 429, 429])
    expect(await statuses('/articles')).toEqual([200, 200, 200])
  })

  it('tells search engines and readers what there is, and nothing of what is invented', async () => {
    const database = await store.open()
    await storePage(database, page([real('a-1', '真的'), article('a-2', '编的')]), NOW)
    const { ask } = await aSite(database)
    const sitemap = await (await ask('/sitemap.xml')).text()
    expect(sitemap).toContain('<loc>http://localhost/articles/a-1</loc>')
    expect(sitemap).not.toContain('a-2')
    const feed = await ask('/feed.xml')
    expect(feed.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    expect(await feed.text()).toContain('真的')
    expect(await (await ask('/robots.txt')).text()).toContain('Sitemap: http://localhost/sitemap.xml')
    expect((await ask('/sitemap-1.xml')).status).toBe(404)
  })
})
