import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partTypeOf } from '#domain/inquiry/parts.ts'

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

test.each([
  ['\xff\xd8\xff\xe1\x00\x10Exif', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR', 'image/png'],
  ['RIFF\x24\x00\x00\x00WEBPVP8 ', 'image/webp'],
  ['\x00\x00\x00\x18ftypheic\x00\x00', 'image/heic'],
  ['\x00\x00\x00\x18ftypmif1\x00\x00', 'image/heic'],
  ['%PDF-1.7\n', 'application/pdf'],
])('%j is %s', (start, type) => {
  expect(partTypeOf(bytes(start))).toBe(type)
})

test.each([
  '',
  '%PDF',
  'GIF89a',
  '<svg xmlns=',
  'MZ\x90\x00',
  'RIFF\x24\x00\x00\x00WAVEfmt ',
  '\x00\x00\x00\x18ftypmp42',
  ' %PDF-1.7',
])('%j is nothing that a request may carry', (start) => {
  expect(partTypeOf(bytes(start))).toBeUndefined()
})

test('a file cut anywhere in its signature is not taken for what it began to be', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 }), (length) => {
      expect(partTypeOf(bytes('\x89PNG\r\n\x1a\n').subarray(0, length))).toBeUndefined()
    }),
  )
})
