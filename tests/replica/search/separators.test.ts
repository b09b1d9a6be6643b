import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partedFurther } from '#replica/search/separators.ts'

test.each([
  ['7号厂房', '7 号厂房'],
  ['8000kVA', '8000 kVA'],
  ['43.4亿元', '43.4 亿元'],
  ['10,000㎡', '10,000'],
  ['60亩 工业用地', '60 亩 工业用地'],
  ['《产业用地》办法', '产业用地 办法'],
  ['嘉定/外冈', '嘉定 外冈'],
  ['沪府规〔2024〕1号', '沪府规 2024 1 号'],
  // Its words are these already.
  ['汽车、芯片', undefined],
  [' 马陆  丰登', undefined],
  ['？！', undefined],
  ['', undefined],
])('%s is parted into %s', (text, parted) => {
  expect(partedFurther(text)).toBe(parted)
})

test('what is parted holds every letter and number in its order, and is parted no further', () => {
  const letters = (text: string) => text.replace(/[^\p{L}\p{M}\p{N}]/gu, '')
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'嘉定7 1a产K、《》/é.,①') }), (text) => {
      const parted = partedFurther(text)
      if (parted === undefined) return
      expect(letters(parted)).toBe(letters(text))
      expect(partedFurther(parted)).toBeUndefined()
    }),
  )
})
