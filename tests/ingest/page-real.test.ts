import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { plain } from '#domain/body-text.ts'
import { JIADING } from '#domain/jiading.ts'
import { importPage } from '#ingest/page.ts'
import type { PageImport } from '#ingest/result.ts'

const FOLDER = fileURLToPath(new URL('../../../shared/sources/', import.meta.url))
const NAME = existsSync(FOLDER) ? readdirSync(FOLDER).find((name) => name.startsWith('000_')) : undefined

describe.skipIf(NAME === undefined)('the real page (skipped where ../shared/sources is not there)', () => {
  let page: PageImport
  beforeAll(() => {
    page = importPage(readFileSync(`${FOLDER}${NAME ?? ''}`), { retrievedAt: '2025-11-23' })
  })

  it('gives one article with column, title, tags, region and date', () => {
    expect(page.refused).toBeNull()
    expect(page.article).toMatchObject({
      column: '嘉定区招商',
      title: '外冈镇聚智谋局汽车产业高质量发展路径',
      tags: ['汽车产业', '高质量发展'],
      region: JIADING,
      publishedAt: '2025-07-28',
    })
  })

  it('keeps each of the four numbered sections once, between lead and closing', () => {
    const body = page.article?.body ?? []
    const kinds = ['heading', 'paragraph']
    expect(body.map(({ type }) => type)).toEqual(['paragraph', ...kinds, ...kinds, ...kinds, ...kinds, 'paragraph'])
    const texts = body.map((block) => ('text' in block ? plain(block.text) : ''))
    expect(texts.filter((_, index) => body[index]?.type === 'heading').map((text) => text.slice(0, 2))).toEqual([
      '一、',
      '二、',
      '三、',
      '四、',
    ])
    expect(new Set(texts).size).toBe(10)
  })

  it('takes the lead’s first sentences as summary', () => {
    const lead = page.article?.body?.[0]
    expect(page.article?.summary).toMatch(/。$/)
    expect(page.article?.summary.length).toBeLessThanOrEqual(120)
    expect(lead?.type === 'paragraph' && plain(lead.text).startsWith(page.article?.summary ?? '-')).toBe(true)
  })

  it('gives twelve project news with title and date, and guesses nothing else', () => {
    expect(page.projects).toHaveLength(12)
    expect(page.projects[0]).toMatchObject({
      title: '嘉定工业区推动中科院系光热发电技术产业化落地',
      publishedAt: '2025-09-08',
      summary: '',
    })
    for (const project of page.projects) {
      expect(project.stage ?? project.investor ?? project.industry ?? project.totalInvestment).toBeUndefined()
    }
  })

  it('tells the kinds of the nine policies apart', () => {
    expect(page.policies.map(({ docType }) => docType)).toEqual([
      '表彰',
      '规范性文件',
      '表彰',
      '规划方案',
      '规划方案',
      '规划方案',
      '规范性文件',
      '规划方案',
      '规范性文件',
    ])
  })

  it('leaves an issuer out that does not fit its document, and says so', () => {
    const odd = page.policies.find(({ title }) => title.includes('低空经济'))
    expect(odd?.issuer).toBeUndefined()
    expect(page.remarks.find(({ id }) => id === odd?.id)?.reasons[0]).toMatchObject({ code: 'issuer-misfit' })
    expect(page.policies[0]).toMatchObject({ issuer: '上海市嘉定区人民政府', level: '区' })
  })

  it('publishes three parks and holds the two that lie elsewhere, with the reason', () => {
    expect(page.parks.map(({ title }) => title)).toEqual([
      '嘉定区安亭镇园区',
      '马陆丰登工业园',
      '上海国际汽车城产业创新园',
    ])
    expect(page.review.map(({ record }) => record.title)).toEqual(['济南市历下区姚家镇农业科技园', '临清市南门工业园'])
    const [jinan, linqing] = page.review.map(({ reasons }) => reasons.map(({ message }) => message).join())
    expect(jinan).toMatch(/济南市历下区.*370102.*上海市嘉定区/)
    expect(linqing).toMatch(/山东省聊城市临清市.*371581.*上海市嘉定区/)
  })
})
