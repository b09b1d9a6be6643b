import fc from 'fast-check'
import type { SearchDocument } from '#replica/search/document.ts'

/** Few characters, so that words are found and overlap; sample texts, invented. */
const PIECES = [
  ...'汽车新能源产业嘉定区',
  '𠮷',
  '𠮶',
  '招商',
  'AI',
  'ai',
  'B',
  '5',
  'Ｇ',
  '２',
  '，',
  '（',
  '產業',
  '車',
  ' ',
  '\n',
  'é',
  '〔2021〕',
  'mail',
]
export const text = (most: number) =>
  fc.array(fc.constantFrom(...PIECES), { maxLength: most }).map((pieces) => pieces.join(''))

const KINDS = ['article', 'policy', 'park'] as const
const REGIONS = [
  { code: '310114', name: '上海市嘉定区' },
  { code: '310114102', name: '南翔镇' },
  { code: '310114103', name: '安亭镇' },
]

/** A document with one of few ids, so that later ones replace earlier ones. */
export const document: fc.Arbitrary<SearchDocument> = fc.record({
  id: fc.integer({ min: 0, max: 40 }).map((n) => `d${n}`),
  digest: fc.uuid(),
  title: text(6).map((title) => title.replaceAll('\n', '')),
  tags: text(3),
  text: text(30),
  kind: fc.constantFrom(...KINDS),
  region: fc.constantFrom(...REGIONS),
  publishedAt: fc.integer({ min: 1, max: 9 }).map((day) => `2025-07-0${day}`),
})

/** Words as people type them. None of them reads as pinyin of these titles (for that see `query.test.ts`). */
export const query = fc.array(text(4), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
