import { describe, expect, it } from 'vitest'
import { importPage } from '#ingest/page.ts'
import type { PageImport } from '#ingest/result.ts'
import { asHtml, asText, BODY, CLOSING, inventedPage, LEAD, utf8 } from './invented-page.ts'

const page = inventedPage({ body: BODY, parks: [['虚构产业园', '江苏-苏州-昆山市']] })
const read = (source: string): PageImport => importPage(utf8(source), { retrievedAt: '2025-11-23' })
const titles = ({ projects, policies, parks, review }: PageImport): unknown => ({
  projects: projects.map(({ title }) => title),
  policies: policies.map(({ title }) => title),
  parks: parks.map(({ title }) => title),
  review: review.map(({ record }) => record.title),
})
const whole = titles(read(asText(page)))
const behind = (mark: string, lines: string[]): string => asText(page).replace(mark, `${lines.join('\n')}\n${mark}`)

describe('what else stands on a page', () => {
  it.each<[string, string[]]>([
    ['常见问题', ['如何注册公司？', '请携带材料前往窗口办理。']],
    ['昆山市常见问题', ['如何注册公司？', '请携带材料前往窗口办理。']],
    ['相关推荐', ['虚构镇的另一篇文章', '2025-01-01']],
    ['热门城市', ['上海', '北京', '广州']],
    ['猜你喜欢', ['虚构镇的另一篇文章', '虚构镇的又一篇文章']],
    ['最新资讯', ['虚构镇的另一篇文章', '2025-01-01']],
    ['友情链接', ['虚构网', '虚构市政府']],
  ])('is no part of a list: %s', (name, entries) => {
    for (const mark of ['江苏昆山市优惠政策', '江苏昆山市产业园区', '江苏昆山市招商引资']) {
      expect(titles(read(behind(mark, [name, ...entries]))), mark).toEqual(whole)
    }
    const box = `<div><h2>${name}</h2>${entries.map((entry) => `<p><a href="/x">${entry}</a></p>`).join('')}</div>`
    expect(titles(read(asHtml(page).replace('<div><h2>江苏昆山市优惠政策', `${box}$&`)))).toEqual(whole)
  })

  it.each(['相关推荐', '猜你喜欢', '热门城市'])('is no part of the body: %s', (name) => {
    const { article } = read(behind('江苏昆山市招商项目', [name, '虚构镇的另一篇文章', '虚构镇的又一篇文章']))
    expect(article?.body).toHaveLength(BODY.length)
  })

  it('does not end a body that goes on', () => {
    const body = [LEAD, '常见问题', '企业问得最多的是如何注册，答案请看窗口公布的说明。', '相关推荐', CLOSING]
    expect(read(asText({ ...page, body })).article?.body?.length).toBeGreaterThanOrEqual(4)
    const named = [LEAD, '昆山市优惠政策', '企业可以享受多项优惠，具体内容以各部门公布的文件为准。', CLOSING]
    expect(read(asText({ ...page, body: named })).article?.body).toHaveLength(4)
  })

  it('is told where the text ends before the ending that every page has', () => {
    const codes = (source: string): unknown =>
      read(source).remarks.flatMap(({ reasons }) => reasons.map(({ code }) => code))
    expect(codes(asText(page))).not.toContain('ending-missing')
    expect(codes(asText(page).replace(/江苏昆山市招商引资[\s\S]*$/, ''))).toContain('ending-missing')
    expect(codes(asText(page).replace(/江苏昆山市招商项目[\s\S]*$/, ''))).toContain('ending-missing')
  })

  it('may be the page itself once more', () => {
    const joined = asHtml(page).replace(/<\/span><span>(?=座谈会)/, '')
    const labels = asHtml(page).replace(
      /<div><span>所属地区:.*?<\/div>/,
      `<dl><dt>所属地区</dt><dd>${page.region}</dd><dt>发布日期</dt><dd>${page.date}</dd></dl>`,
    )
    for (const source of [asHtml(page), joined, labels]) {
      const once = read(source)
      const twice = read(source.replace(/<div class="article">[\s\S]*(?=<div><p>江苏昆山市招商引资)/, '$&$&'))
      expect(titles(twice)).toEqual(titles(once))
      expect(twice.article).toEqual(once.article)
    }
  })

  it('is an entry all the same where it is dated like one', () => {
    const entries = ['产业园区', '优惠政策', '常见问题']
    const projects = ['甲', ...entries, '乙'].map((title, day): [string, string] => [title, `2025-01-0${day + 1}`])
    expect(titles(read(asText({ ...page, projects })))).toMatchObject({
      projects: ['甲', ...entries, '乙'],
      review: [],
    })
  })

  it.each([
    ['江苏', '320000'],
    ['香港', '810000'],
    ['东莞', '441900'],
  ])('may be parks of a region that is printed alone: %s', (region, code) => {
    const parks: [string, string][] = [
      ['虚构甲园', region],
      ['虚构乙园', region],
    ]
    const there = { ...page, column: `${region}招商`, region, listRegion: region, projects: [], policies: [], parks }
    for (const source of [asText(there), asHtml(there)]) {
      expect(read(source)).toMatchObject({
        parks: [{ title: '虚构甲园', region: { code } }, { title: '虚构乙园' }],
        review: [],
      })
    }
  })
})
