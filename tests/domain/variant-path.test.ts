import { expect, test } from 'vitest'
import { variantPath, variantStem } from '#domain/variant-path.ts'

const DIGEST = '0123456789abcdef'

test('the files of one picture share a stem that those of another do not', () => {
  const stem = variantStem(variantPath('yard-1', DIGEST, 720, 'image/avif'))
  expect(stem).toBe(`/media/yard-1-${DIGEST}`)
  expect(variantStem(variantPath('yard-1', DIGEST, 1080, 'image/jpeg'))).toBe(stem)
  expect(variantStem(variantPath('yard-1', 'f'.repeat(16), 720, 'image/avif'))).not.toBe(stem)
})

test.each([
  '/media/yard-c91cdd30.jpg',
  `/media/yard-${DIGEST}.w720.svg`,
  `/media/yard-${DIGEST}.w0.webp`,
  `/media/share/yard-${DIGEST}.w720.webp`,
  `/x/media/yard-${DIGEST}.w720.webp`,
])('%s is no such file', (path) => expect(variantStem(path)).toBeUndefined())
