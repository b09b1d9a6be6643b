import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partedIntoWords } from '#replica/search/words.ts'

test.each([
  ['注册公司', '注册 公司'],
  ['安亭厂房', '安亭 厂房'],
  ['招商政策', '招商 政策'],
  ['嘉定区政策', '嘉定区 政策'],
  ['南翔写字楼', '南翔 写字楼'],
  ['新能源汽车政策', '新能源 汽车 政策'],
  ['安亭 厂房价格', '安亭 厂房 价格'],
  ['安亭的厂房', '安亭 厂房'],
  ['厂房和写字楼', '厂房 写字楼'],
  ['厂房和安亭', '厂房 安亭'],
  ['厂房的 价格', '厂房 价格'],
  ['嘉定区的厂房', '嘉定区 厂房'],
  ['写字楼和厂房', '写字楼 厂房'],
  ['科技园的写字楼', '科技园 写字楼'],
  // Parts of names, and of words that no dictionary has.
  ['万和厂房', '万和 厂房'],
  ['人和车厂房', '人和车 厂房'],
  ['安亭厂房的价', '安亭 厂房 的价'],
  ['的', undefined],
  ['厂房', undefined],
  ['安亭', undefined],
  ['安亭 厂房', undefined],
  ['厂', undefined],
  ['！？', undefined],
  ['', undefined],
])('the words of %s are %s', (text, parted) => {
  expect(partedIntoWords(text)).toBe(parted)
})

test('what is parted into words holds every letter in its order, but what joins others', () => {
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]|[的和]/gu, '')
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'安亭厂房招商政策区的和 、a7') }), (text) => {
      const parted = partedIntoWords(text)
      if (parted === undefined) return
      expect(letters(parted)).toBe(letters(text))
      for (const word of parted.split(' ')) expect(text).toContain(word)
    }),
  )
})
