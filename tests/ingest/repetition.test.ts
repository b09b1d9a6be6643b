import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyText } from '#domain/body-text.ts'
import type { Block } from '#domain/body.ts'
import { withoutRepetition } from '#ingest/repetition.ts'

const heading = (text: string, level: 2 | 3 | 4 = 2): Block => ({ type: 'heading', level, text: [{ text }] })
const paragraph = (text: string): Block => ({ type: 'paragraph', text: [{ text }] })
const long = (seed: string): Block => paragraph(`${seed}：${'虚构的内容足够长，才像一个段落。'.repeat(6)}`)
const half = (seed: string): Block =>
  paragraph(`${seed}：这一段不长不短，单独出现两次也许是有意的，两段连着重复就不是了。`)
const lead = long('开头')
const sections = [heading('一、甲'), long('甲'), heading('二、乙'), long('乙')]
const closing = long('结尾')

describe('repetition in a body', () => {
  it.each<[string, Block[], Block[]]>([
    ['the whole twice', [lead, ...sections, closing, lead, ...sections, closing], [lead, ...sections, closing]],
    ['the whole three times', [lead, ...sections, lead, ...sections, lead, ...sections], [lead, ...sections]],
    ['only the numbered part', [lead, ...sections, closing, ...sections, closing], [lead, ...sections, closing]],
    [
      'one heading with its paragraph',
      [lead, ...sections, ...sections.slice(2), closing],
      [lead, ...sections, closing],
    ],
    [
      'several paragraphs without a heading',
      [half('甲'), half('乙'), closing, half('甲'), half('乙')],
      [half('甲'), half('乙'), closing],
    ],
    [
      'what only meets once another copy between is gone',
      [lead, half('甲'), half('乙'), closing, half('甲'), lead, half('乙')],
      [lead, half('甲'), half('乙'), closing],
    ],
    ['a single paragraph twice', [lead, lead], [lead]],
    ['every block twice running', sections.flatMap((block) => [block, block]), sections],
    ['a copy that stops behind a heading', [lead, ...sections.slice(0, 3), lead, ...sections], [lead, ...sections]],
    [
      'short sections with a numbered heading',
      [heading('一、甲'), paragraph('短。'), heading('一、甲'), paragraph('短。')],
      [heading('一、甲'), paragraph('短。')],
    ],
    [
      'the same in other punctuation',
      [lead, ...sections, paragraph(bodyText([lead]).replaceAll('，', ', '))],
      [lead, ...sections],
    ],
  ])('goes: %s', (_, body, once) => {
    expect(withoutRepetition(body)).toEqual(once)
  })

  it.each<[string, Block[]]>([
    ['a short closing formula', [lead, paragraph('特此通知'), closing, paragraph('特此通知')]],
    ['the same formula twice running', [lead, paragraph('特此通知'), paragraph('特此通知')]],
    [
      'whom to call, under each section',
      sections.flatMap((block) =>
        block.type === 'heading' ? [block] : [block, paragraph('负责部门：虚构局'), paragraph('联系电话：0000')],
      ),
    ],
    ['a heading whose text differs', [heading('申报条件', 3), long('甲'), heading('申报条件', 3), long('乙')]],
  ])('stays: %s', (_, body) => {
    expect(withoutRepetition(body)).toEqual(body)
  })

  it('is gone after one go, nothing new comes in, and the order stays', () => {
    const block = fc.oneof(
      fc.constantFrom(...sections, lead, closing, paragraph('特此通知'), heading('一、甲'), heading('（一）丙', 3)),
      fc.string({ minLength: 1, maxLength: 5, unit: fc.constantFrom('甲', '乙', '，') }).map(paragraph),
    )
    fc.assert(
      fc.property(fc.array(block, { maxLength: 40 }), (body) => {
        const once = withoutRepetition(body)
        expect(withoutRepetition(once)).toEqual(once)
        let at = 0
        for (const kept of once) {
          at = body.indexOf(kept, at) + 1
          expect(at).toBeGreaterThan(0)
        }
        expect(new Set(once)).toEqual(new Set(body.filter((one) => once.includes(one))))
      }),
    )
  })
})
