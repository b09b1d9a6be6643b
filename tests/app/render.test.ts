import { expect, test } from 'vitest'
import { render } from '#app/entry-server.ts'
import { FORM_PATHS } from '#domain/inquiry/about.ts'
import { LIST_PATHS, RECORD_KINDS } from '#domain/record/kind.ts'

const NOTHING = { record: () => undefined, list: () => [] }
const content = { epoch: 'e', version: 1, changedAt: Date.parse('2026-11-23T06:00:00Z') }
const renderAt = (url: string) => render({ url, catalogue: NOTHING, content, today: '2026-11-24' })

const lists = RECORD_KINDS.map((kind) => LIST_PATHS[kind])
const own = [
  '/search',
  '/compare',
  '/contact',
  '/settle',
  '/me',
  '/me/inquiries',
  '/me/inquiries/x',
  '/me/bookmarks',
  '/me/pack',
  '/me/storage',
  '/me/privacy',
]

test.each(['/', ...lists, ...lists.map((path) => `${path}/some-id`), ...own, '/no/such/page'])(
  '%s is rendered where there is no browser',
  async (path) => {
    expect(typeof window).toBe('undefined')
    const { html } = await renderAt(path)
    expect(html).toContain('首页')
    expect(html).toContain('我的')
  },
)

test('what the server has is not counted among what is on the phone', async () => {
  const { html } = await renderAt('/me/storage')
  expect(html).toContain('数据截至')
  expect(html).not.toMatch(/\d+ 条|2026\/11\/23/)
})

test('home and detail pages call to act, and a form has its button', async () => {
  for (const path of ['/', '/parks/some-id', '/policies/some-id']) {
    expect((await renderAt(path)).html).toMatch(/联系我们[\s\S]*企业入驻/)
  }
  expect((await renderAt('/settle')).html).toMatch(/>提交</)
})

test.each(Object.values(FORM_PATHS))('every field of %s has the name that the server reads', async (path) => {
  const { html } = await renderAt(path)
  const fields = [...html.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)].map(([tag]) => tag)
  expect(fields.length).toBeGreaterThan(5)
  for (const field of fields) expect(field).toMatch(/ name="(\/[\w/]+|agreed|shareWithPark)"/)
})
