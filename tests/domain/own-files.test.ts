import { expect, test } from 'vitest'
import { ownFiles } from '#domain/record/own-files.ts'

test('files of this site that a record shows or offers are named once each, others not at all', () => {
  const image = (src: string) => ({ src, alt: '' })
  expect(
    ownFiles({
      images: [image('/media/a.svg'), image('https://example.cn/b.png')],
      attachments: [
        { title: '表', url: '/media/c.pdf', bytes: 7, sha256: 'd'.repeat(64) },
        { title: '信', url: 'mailto:a@example.cn' },
        { title: '页', url: '/policies/x' },
      ],
      body: [
        { type: 'image', image: image('/media/d.svg') },
        { type: 'image', image: image('/media/a.svg') },
        { type: 'paragraph', text: [{ text: '见图', href: '/media/e.svg' }] },
      ],
    }),
  ).toEqual([
    { path: '/media/a.svg' },
    { path: '/media/d.svg' },
    { path: '/media/c.pdf', bytes: 7, sha256: 'd'.repeat(64) },
  ])
  expect(ownFiles({ images: [], attachments: [] })).toEqual([])
})

test('of a picture with several widths one file is kept: the WebP nearest to 1080 pixels, the smaller of two as near', () => {
  const variants = (widths: readonly number[], type: string) =>
    widths.map((width) => ({ src: `/media/a.w${width}.${type}`, width, bytes: width, type: `image/${type}` }))
  const kept = (widths: readonly number[]) =>
    ownFiles({
      images: [
        { src: '/media/a.jpg', alt: '', variants: [...variants([1080], 'avif'), ...variants(widths, 'webp')] },
        { src: '/media/a.jpg', alt: '' },
      ],
      attachments: [],
    })
  const file = (width: number) => [{ path: `/media/a.w${width}.webp`, bytes: width, width }, { path: '/media/a.jpg' }]
  expect(kept([360, 720, 1080, 1440])).toEqual(file(1080))
  expect(kept([360, 500])).toEqual(file(500))
  expect(kept([1440, 720])).toEqual(file(720))
  expect(kept([])).toEqual([{ path: '/media/a.jpg' }])
})
