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
