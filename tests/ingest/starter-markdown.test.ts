import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { BodySchema } from '#domain/body.ts'
import { MarkdownError } from '#ingest/markdown-error.ts'
import { markdownBody } from '#ingest/markdown.ts'

const refusal = (markdown: string): MarkdownError => {
  try {
    markdownBody(markdown)
  } catch (error) {
    if (error instanceof MarkdownError) return error
    throw error
  }
  throw new Error(`taken, but should have been refused: ${markdown}`)
}

describe('Markdown as blocks', () => {
  it('reads headings below the title of the page, at three levels', () => {
    const body = markdownBody('# 一\n\n## 二\n\n### 三\n\n#### 四\n\n###### 六')
    expect(body.map((block) => block.type === 'heading' && block.level)).toEqual([2, 2, 3, 4, 4])
  })

  it('keeps strong, emphasis and links, also inside one another', () => {
    expect(markdownBody('甲**乙*丙***[丁](https://example.com)')).toEqual([
      {
        type: 'paragraph',
        text: [
          { text: '甲' },
          { text: '乙', marks: ['strong'] },
          { text: '丙', marks: ['strong', 'emphasis'] },
          { text: '丁', href: 'https://example.com' },
        ],
      },
    ])
  })

  it('joins lines of Chinese without a blank, and lines of Latin words with one', () => {
    expect(markdownBody('　　第一行\n第二行 end\nof line')).toEqual([
      { type: 'paragraph', text: [{ text: '第一行第二行 end of line' }] },
    ])
  })

  it('reads a table, and fills up short rows', () => {
    expect(markdownBody('| 项 | 值 |\n| --- | --: |\n| 层高 | **8.4** m |\n| 承重 |')).toEqual([
      {
        type: 'table',
        header: [[{ text: '项' }], [{ text: '值' }]],
        rows: [
          [[{ text: '层高' }], [{ text: '8.4', marks: ['strong'] }, { text: ' m' }]],
          [[{ text: '承重' }], []],
        ],
      },
    ])
  })

  it('refuses a row with more cells than the header, for one of them would be lost', () => {
    expect(refusal('| 项 |\n| --- |\n| 层高 | 8.4 |').message).toContain('多于表头')
  })

  it('cuts a paragraph at its pictures and takes the title as the caption', () => {
    expect(markdownBody('前\n![平面](/media/a.svg "图注")\n后')).toEqual([
      { type: 'paragraph', text: [{ text: '前' }] },
      { type: 'image', image: { src: '/media/a.svg', alt: '平面', caption: '图注' } },
      { type: 'paragraph', text: [{ text: '后' }] },
    ])
  })

  it('reads lists; what is nested follows its item on a line of its own', () => {
    expect(markdownBody('1. 甲\n   - 乙\n   - 丙\n2. 丁')).toEqual([
      {
        type: 'list',
        ordered: true,
        items: [[{ text: '甲' }, { text: '\n· ' }, { text: '乙' }, { text: '\n· ' }, { text: '丙' }], [{ text: '丁' }]],
      },
    ])
  })

  it('reads quotes, references and hard breaks, and leaves out comments', () => {
    expect(markdownBody('> 引[文][a]\n\n<!-- 待核 -->\n\n上<br>下\n\n[A]: /parks "x"')).toEqual([
      { type: 'quote', text: [{ text: '引' }, { text: '文', href: '/parks' }] },
      { type: 'paragraph', text: [{ text: '上\n下' }] },
    ])
  })

  it.each([
    ['<script>alert(1)</script>', 'HTML'],
    ['文字 <b onclick="x()">粗</b>', 'HTML'],
    ['<img src=x onerror=alert(1)>', 'HTML'],
    ['<!-- a --><iframe src="//evil.example"></iframe><!-- b -->', 'HTML'],
    ['| a |\n| --- |\n| <svg onload="alert(1)"> |', 'HTML'],
    ['[点我](javascript:alert(1))', '链接'],
    ['[点我](  JaVaScRiPt:alert(1))', '链接'],
    ['[点我](//evil.example)', '链接'],
    ['[点我][x]\n\n[x]: data:text/html,x', '链接'],
    ['![图](javascript:alert(1))', '图片'],
    ['![图](data:image/svg+xml,x)', '图片'],
    ['~~已删~~', '删除线'],
    ['    缩进成了代码', '代码块'],
    ['- ![图](/media/a.svg)', '图片请单独成段'],
  ])('refuses %j, and says why', (markdown, why) => {
    expect(refusal(markdown).message).toContain(why)
  })

  it('names the line', () => {
    expect(refusal('一\n\n二\n\n<div>三</div>').line).toBe(5)
  })

  it('never lets through what the body schema would refuse, whatever is written', () => {
    const structure = ['# ', '- ', '> ', '| a | b |\n| - | - |\n| ', '\n', '\n\n']
    const inline = ['**', '*', '[x](', 'javascript:', '/a)', '![', ']', '<b>', '文', ' ']
    const piece = fc.constantFrom(...structure, ...inline)
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 30 }), (pieces) => {
        try {
          const body = markdownBody(pieces.join(''))
          expect(v.parse(BodySchema, body)).toEqual(body)
          expect(JSON.stringify(body)).not.toMatch(/"(?:href|src)":"\s*javascript:/i)
        } catch (error) {
          if (!(error instanceof MarkdownError)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})
