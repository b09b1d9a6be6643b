import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdit, textEdit } from '#domain/text-edit.ts'

/** Some words, some of them of characters that are a pair of units; few, so that texts have much in common. */
const WORDS = ['嘉定', '招商', '"text":"', '𠮷野', '🏭', '🏬', 'a', '{"type":"paragraph"}']

/** A text, and what somebody made of it: parts stay, go, come, or move. */
function versions(word: fc.Arbitrary<string>) {
  const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(''))
  const cut = fc.record({ from: fc.nat(), to: fc.nat(), text })
  return fc.tuple(text, fc.array(cut, { maxLength: 4 }), fc.boolean()).map(([earlier, cuts, isTurned]) => {
    const later = cuts.reduce((whole, { from, to, text: come }) => {
      const units = [...whole]
      const [a, b] = [from % (units.length + 1), to % (units.length + 1)]
      return [...units.slice(0, Math.min(a, b)), come, ...units.slice(Math.max(a, b))].join('')
    }, earlier)
    const half = [...later].length >> 1
    return { earlier, later: isTurned ? [...later].slice(half).join('') + [...later].slice(0, half).join('') : later }
  })
}
const wellFormed = versions(fc.constantFrom(...WORDS))
const any = versions(fc.oneof(fc.constantFrom(...WORDS, '\uD83C', '\uDFED'), fc.string({ unit: 'binary' })))

describe('an edit of a text', () => {
  it.each([
    ['texts', wellFormed],
    ['units in any order', any],
  ])('gives the later one: %s', (_, some) => {
    fc.assert(
      fc.property(some, ({ earlier, later }) => applyEdit(earlier, textEdit(earlier, later)) === later),
      { numRuns: 1000 },
    )
  })

  it('gives it whatever the two have in common', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (earlier, later) => applyEdit(earlier, textEdit(earlier, later)) === later),
    )
  })

  it('parts no pair of surrogates', () => {
    const isWhole = (text: string) => !/\p{Cs}/u.test(text)
    fc.assert(
      fc.property(wellFormed, ({ earlier, later }) => {
        for (const { from, to, text } of textEdit(earlier, later))
          expect([text, earlier.slice(from, to)].every(isWhole)).toBe(true)
      }),
      { numRuns: 1000 },
    )
    const [before, after] = [
      '嘉定工业区的标准厂房，层高九米，可用。',
      '独立产权，双回路供电，距地铁十一号线八百米，随时可以看房，也可以分割。',
    ]
    // The first two begin alike, the other two end alike.
    for (const [one, other] of [
      ['🏭', '🏬'],
      ['🏭', '\u{1F7ED}'],
    ] as const) {
      const end = before.length + 2
      expect(textEdit(before + one + after, before + other + after)).toEqual([
        { from: 0, to: before.length, text: other },
        { from: end, to: end + after.length, text: '' },
      ])
    }
  })

  it('tells what has changed in two places, and no more', () => {
    const paragraphs = [
      '标准厂房，层高九米，可以分割出租。',
      '独立产权，双回路供电，随时看房。',
      '距地铁十一号线八百米，园区有班车，食堂、宿舍和人才公寓都在步行范围内。',
    ]
    const of = (day: string, text: string[]) => JSON.stringify({ retrievedAt: day, text })
    const later = of('2026-11-27', paragraphs.with(1, '更正：已租。'))
    const edit = textEdit(of('2026-11-26', paragraphs), later)
    expect(edit.map(({ text }) => text)).toEqual(['7', '更正：已租', ''])
  })

  it('takes a moved part from where it stood', () => {
    const [one, two] = ['甲'.repeat(20) + '乙'.repeat(20), '丙'.repeat(20) + '丁'.repeat(20)]
    expect(textEdit(one + two, two + one)).toEqual([
      { from: 40, to: 80, text: '' },
      { from: 0, to: 40, text: '' },
    ])
  })

  it('does not take long for texts that are all alike', () => {
    const earlier = '啊'.repeat(200_000)
    const later = `${'啊'.repeat(17)}哦`.repeat(10_000)
    expect(applyEdit(earlier, textEdit(earlier, later))).toBe(later)
  })
})
