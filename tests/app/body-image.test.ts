import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { expect, test } from 'vitest'
import BodyView from '#app/components/record/BodyView.vue'
import RecordImages from '#app/components/record/RecordImages.vue'
import { createLocale } from '#app/locales/locale.ts'
import type { Block, Image } from '#domain/body.ts'
import type { Article } from '#domain/record/article.ts'
import { article } from '../server/samples.ts'

const variant = (width: number, ending: string) => ({
  src: `/media/a.w${width}.${ending}`,
  width,
  type: ending === 'jpg' ? 'image/jpeg' : `image/${ending}`,
})
const PHOTOGRAPH: Image = {
  src: '/media/a.jpg',
  alt: '样图',
  width: 1600,
  height: 1200,
  variants: [variant(360, 'avif'), variant(720, 'avif'), variant(720, 'webp'), variant(720, 'jpg')],
}
const DRAWING: Image = { src: '/media/b.svg', alt: '平面', width: 800, height: 600 }

const rendered = (root: Parameters<typeof createSSRApp>[0]) => renderToString(createSSRApp(root).use(createLocale()))
const body = (blocks: readonly Block[]) => rendered({ render: () => h(BodyView, { body: blocks }) })
const beside = (record: Article) => rendered({ render: () => h(RecordImages, { record }) })
const block = (image: Image): Block => ({ type: 'image', image })
const PARAGRAPH: Block = { type: 'paragraph', text: [{ text: '文' }] }
const tags = (html: string, name: string) => html.match(new RegExp(`<${name}[^>]*>`, 'g')) ?? []

test('a photograph is offered in both formats at its widths, with a file for other browsers and its size', async () => {
  const html = await body([block(PHOTOGRAPH)])
  const [avif, webp, ...more] = tags(html, 'source')
  expect(avif).toContain('type="image/avif" srcset="/media/a.w360.avif 360w, /media/a.w720.avif 720w" sizes="(min')
  expect(webp).toContain('type="image/webp" srcset="/media/a.w720.webp 720w"')
  expect(more).toEqual([])
  expect(tags(html, 'img')[0]).toMatch(
    /src="\/media\/a.w720.jpg" alt="样图" width="1600" height="1200".* decoding="async"/,
  )
})

test('a drawing is shown as it is', async () => {
  const html = await body([block(DRAWING)])
  expect([tags(html, 'source'), tags(html, 'img')[0]]).toEqual([[], expect.stringContaining('src="/media/b.svg"')])
})

test('a picture elsewhere is a link, whatever sizes it claims to have', async () => {
  const html = await body([block({ ...PHOTOGRAPH, src: 'https://example.com/a.jpg' })])
  expect(html).toContain('href="https://example.com/a.jpg"')
  expect(html).not.toMatch(/<img|<source/)
})

test('only the first picture of a page does not wait until it is near', async () => {
  const lazy = (html: string) => tags(html, 'img').map((tag) => tag.includes('loading="lazy"'))
  expect(lazy(await body([PARAGRAPH, PARAGRAPH, block(DRAWING), block(DRAWING)]))).toEqual([false, true])
  expect(lazy(await body([PARAGRAPH, PARAGRAPH, PARAGRAPH, block(DRAWING)]))).toEqual([true])
  expect(lazy(await beside({ ...article('a'), images: [DRAWING, PHOTOGRAPH] }))).toEqual([false, true])
})
