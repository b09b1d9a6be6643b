import { renderToString } from 'vue/server-renderer'
import { createMemoryHistory } from 'vue-router'
import { expect, test } from 'vitest'
import { createLuodi } from '#app/app.ts'
import type { ContentSource } from '#app/phone.ts'
import { RECORD_KINDS, LIST_PATHS } from '#domain/record/kind.ts'

/** Where there is no phone: nothing is ever heard. */
const nothing: ContentSource = {
  record: () => ({ subscribe: () => () => undefined }),
  list: () => ({ subscribe: () => () => undefined }),
  state: () => ({ subscribe: () => () => undefined }),
}

async function render(path: string): Promise<string> {
  const { app, router } = createLuodi({ content: nothing }, createMemoryHistory())
  await router.push(path)
  return renderToString(app)
}

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
    const html = await render(path)
    expect(html).toContain('首页')
    expect(html).toContain('我的')
  },
)

test('home and detail pages call to act, and a form has its button', async () => {
  for (const path of ['/', '/parks/some-id', '/policies/some-id']) {
    expect(await render(path)).toMatch(/联系我们[\s\S]*企业入驻/)
  }
  expect(await render('/settle')).toMatch(/>提交</)
})
