import { expect, test } from 'vitest'
import { ownFiles } from '#domain/record/own-files.ts'

test('files of this site that a record shows or offers are named once each, others not at all', () => {
  const image = (src: string) => ({ src, alt: '' })
  expect(
    ownFiles({
      images: [image('/media/a.svg'), image('https://example.cn/b.png')],
      attachments: [
        { title: '表', url: '/media/c.pdf' },
        { title: '信', url: 'mailto:a@example.cn' },
      ],
      body: [
        { type: 'image', image: image('/media/d.svg') },
        { type: 'image', image: image('/media/a.svg') },
        { type: 'paragraph', text: [{ text: '见图', href: '/media/e.svg' }] },
      ],
    }),
  ).toEqual(['/media/a.svg', '/media/d.svg', '/media/c.pdf'])
  expect(ownFiles({ images: [], attachments: [] })).toEqual([])
})

test('of a picture with several widths one file is kept: the WebP nearest to 1080 pixels, the smaller of two as near', () => {
  const variants = (widths: readonly number[], type: string) =>
    widths.map((width) => ({ src: `/media/a.w${width}.${type}`, width, type: `image/${type}` }))
  const kept = (widths: readonly number[]) =>
    ownFiles({
      images: [
        { src: '/media/a.jpg', alt: '', variants: [...variants([1080], 'avif'), ...variants(widths, 'webp')] },
        { src: '/media/a.jpg', alt: '' },
      ],
      attachments: [],
    })
  expect(kept([360, 720, 1080, 1440])).toEqual(['/media/a.w1080.webp', '/media/a.jpg'])
  expect(kept([360, 500])).toEqual(['/media/a.w500.webp', '/media/a.jpg'])
  expect(kept([1440, 720])).toEqual(['/media/a.w720.webp', '/media/a.jpg'])
  expect(kept([])).toEqual(['/media/a.jpg'])
})
