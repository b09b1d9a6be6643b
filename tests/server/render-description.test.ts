import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContentRecord } from '#domain/record/record.ts'
import { clipped, recordDescription } from '#server/render/description.ts'
import { hostile, REAL, realRecords, starterRecords } from './render-samples.ts'

const CHARACTERS = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' })
const count = (text: string) => [...CHARACTERS.segment(text)].length
const bare = <R extends ContentRecord>(record: R): R => ({ ...record, summary: '', body: undefined })

describe('what a page says of itself', () => {
  it('is the summary, or the beginning of the text, or the facts', () => {
    const body: ContentRecord['body'] = [{ type: 'paragraph', text: [{ text: '会上研判' }, { text: '产业走势。' }] }]
    expect(recordDescription({ ...REAL, summary: '一场研讨会。', body })).toBe('一场研讨会。')
    expect(recordDescription({ ...REAL, summary: ' \u200b…', body })).toBe('会上研判产业走势。')
    expect(recordDescription(REAL)).toBe('招商资讯，上海市嘉定区，2025-07-28发布。来源：样例。')
  })

  it('names what is known of each kind, with units', () => {
    const [policy] = realRecords('policy').filter(({ documentNo }) => documentNo !== undefined)
    const [park] = realRecords('park').filter(({ areaKm2 }) => areaKm2 !== undefined)
    const [factory] = realRecords('listing').filter(({ type }) => type === 'factory')
    const land = realRecords('listing').find((listing) => listing.type === 'land' && listing.price === undefined)
    const [project] = realRecords('project').filter(({ totalInvestment }) => totalInvestment !== undefined)
    const [guide] = realRecords('guide')
    if (!policy || !park || !factory || !land || !project || !guide) throw new Error('the starter has one of each')
    const facts = (record: ContentRecord) => recordDescription(bare(record))
    expect(facts({ ...policy, documentNo: '嘉府〔2025〕1号', supportMax: 1200 })).toMatch(
      /^优惠政策，.*嘉府〔2025〕1号.*最高支持1,200万元/,
    )
    expect(facts({ ...park, areaKm2: 2.4 })).toMatch(/面积2\.4平方公里/)
    expect(facts({ ...factory, price: { amount: 1.25, unit: '元/㎡·天' } })).toMatch(/厂房，.*1\.25 元\/㎡·天/)
    expect(facts({ ...factory, area: { min: 3200, max: 12800, unit: '㎡' } })).toMatch(/3,200–12,800 ㎡/)
    expect(facts({ ...land, startingPrice: 5600 } as ContentRecord)).toMatch(/土地，.*起始价5,600万元/)
    expect(facts({ ...project, stage: '签约', totalInvestment: 30_000 })).toMatch(/签约，.*总投资30,000万元/)
    expect(facts(guide)).toContain(guide.track)
    expect(facts({ ...park, areaKm2: undefined, address: undefined })).not.toMatch(/面积|undefined/)
  })

  it('is cut between characters as people see them, and says so', () => {
    expect(clipped('嘉'.repeat(120))).toBe('嘉'.repeat(120))
    expect(clipped('嘉'.repeat(121))).toBe(`${'嘉'.repeat(119)}…`)
    expect(clipped('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2)).toBe('👩‍👩‍👧‍👦…')
    expect(clipped(`a${'\u0301'.repeat(100_000)}`)).toBe('…')
  })

  it('is one short line and never empty, whatever was written', () => {
    fc.assert(
      fc.property(hostile, hostile, (summary, text) => {
        const said = recordDescription({ ...REAL, summary, body: [{ type: 'paragraph', text: [{ text }] }] })
        expect(said).toMatch(/[\p{L}\p{N}]/u)
        expect(said).not.toMatch(/[\p{Cc}\p{Cs}\ufffe\uffff\u2028\u202e]/u)
        expect(count(said)).toBeLessThanOrEqual(120)
        expect(said.length).toBeLessThanOrEqual(480)
      }),
    )
  })

  it('exists for every record of the starter', () => {
    for (const record of starterRecords()) {
      for (const one of [record, bare(record)]) expect(recordDescription(one)).toMatch(/^.{8,}$/u)
    }
  })
})
