import { describe, expect, it } from 'vitest'
import { importPage } from '#ingest/page.ts'
import type { PageImport } from '#ingest/result.ts'
import { asText, type InventedPage, inventedPage, utf8 } from './invented-page.ts'

const clean = { parks: [] }
const read = (changes: Partial<InventedPage>): PageImport =>
  importPage(utf8(asText(inventedPage({ ...clean, ...changes }))), { retrievedAt: '2025-11-23' })
const held = ({ review }: PageImport): unknown =>
  review.map(({ record, reasons }) => [record.title, ...reasons.map(({ code }) => code)])
const HERE = '江苏-苏州-昆山市'

describe('what waits for an officer', () => {
  it.each([
    '济南市历下区虚构园',
    '临清市虚构园',
    '臨清市虛構園',
    '山东临清虚构园',
    '苏州市吴中区虚构园',
    '虚构园（济南市历下区）',
    '临清经济技术开发区虚构园',
    '鼓楼区虚构园',
    '虚构园（临清市）',
    '虚构园(山东临清)',
    '临清产业园',
    '临清南门工业园',
    '杭州软件园',
    '浙江现代农业园',
    '香港科技园',
    '义乌国际商贸城',
    '武汉虚构高新区',
    '江宁经济技术开发区',
  ])('a park named after a place elsewhere: %s', (title) => {
    const result = read({
      parks: [
        [title, HERE],
        ['虚构园', HERE],
      ],
    })
    expect(held(result)).toEqual([[title, 'outside-region']])
    expect(result.review[0]?.reasons[0]?.message).toMatch(/不在所属地区“江苏省苏州市昆山市”（320583）之内/)
    expect(result.parks.map((park) => park.title)).toEqual(['虚构园'])
  })

  it.each([
    '昆山市虚构园',
    '苏州市昆山虚构园',
    '江苏省虚构园',
    '中山路虚构园',
    '长安虚构园',
    '新城区虚构园',
    '东方市场虚构园',
    '长三角虚构园',
    '花桥虚构园',
    '南京东路科技园',
    '杭州湾产业园',
    '苏州河文化园',
    '青岛啤酒产业园',
    '中山科技园',
    '东方产业园',
    '河东工业园区',
    '昆山产业园',
    '江苏软件园',
  ])('not a park that may well be here: %s', (title) =>
    expect(read({ parks: [[title, HERE]] })).toMatchObject({ review: [], parks: [{ title }] }),
  )

  it('a rule that names a special zone elsewhere', () => {
    const title = '深圳经济特区虚构条例'
    expect(held(read({ policies: [[title, '2025-01-05']] }))).toEqual([[title, 'outside-region']])
  })

  it('text that an earlier reader spoilt', () => {
    const result = read({
      projects: [['虚构\uFFFD项目', '2025-01-05']],
      body: ['虚构镇举办了座谈会，与会\uFFFD业提出了建议。'],
    })
    expect(held(result)).toEqual([
      [result.review[0]?.record.title, 'text-garbled'],
      ['虚构\uFFFD项目', 'text-garbled'],
    ])
  })

  it.each([
    ['吉林-长春市', '吉林工业园区'],
    ['河北-唐山-开平区', '开平区工业园区'],
    ['河北-唐山-开平区', '开平产业园'],
    ['湖北-恩施-利川市', '恩施产业园'],
    ['四川-甘孜-九龙县', '九龙产业园'],
    ['贵州-黔西南州', '黔西南工业园区'],
    ['河北-邯郸-丛台区', '邯郸经济技术开发区'],
    ['河北-秦皇岛-海港区', '秦皇岛市经济技术开发区'],
  ])('not a park of the region itself, whatever else its name begins like: %s, %s', (region, title) => {
    const result = read({ region, listRegion: region, projects: [], policies: [], parks: [[title, region]] })
    expect(result).toMatchObject({ review: [], parks: [{ title }] })
  })

  it('not a park of a town whose name a city elsewhere bears too', () => {
    const region = '上海-嘉定区'
    const parks = ['华亭工业园', '华亭市工业园'].map((title): [string, string] => [title, region])
    const result = read({ region, listRegion: '上海嘉定区', projects: [], policies: [], parks })
    expect(held(result)).toEqual([['华亭市工业园', 'outside-region']])
  })

  it('a park whose region line is elsewhere, unreadable or missing', () => {
    const page = inventedPage({
      parks: [
        ['虚构甲园', '山东-聊城-临清市'],
        ['虚构乙园', '上海-火星区'],
        ['虚构丙园', HERE],
        ['虚构丁园', HERE],
      ],
    })
    const result = importPage(utf8(asText(page).replace(`丙园\n${HERE}`, '丙园')), { retrievedAt: '2025-11-23' })
    expect(held(result)).toEqual([
      ['虚构甲园', 'outside-region'],
      ['虚构乙园', 'region-unknown'],
      ['虚构丙园', 'region-missing'],
    ])
    expect(result.parks.map(({ title }) => title)).toEqual(['虚构丁园'])
  })

  it('news may name other places beside its own, a policy of another place may not come along', () => {
    const result = read({
      projects: [
        ['济南市历下区与昆山市虚构签约', '2025-01-02'],
        ['深圳市虚构科技有限公司落户', '2025-01-03'],
        ['临清市虚构项目开工', '2025-01-04'],
      ],
      policies: [['临清市人民政府关于虚构的通知', '2025-01-05']],
    })
    expect(held(result)).toEqual([
      ['临清市虚构项目开工', 'outside-region'],
      ['临清市人民政府关于虚构的通知', 'outside-region'],
    ])
    expect(result.projects).toHaveLength(2)
  })

  it('an entry whose date does not exist, is missing, or contradicts its double', () => {
    const result = importPage(
      utf8(
        asText(
          inventedPage({
            ...clean,
            projects: [
              ['虚构甲', '2025-02-30'],
              ['虚构乙', '2025-01-02'],
              ['虚构乙', '2025-01-03'],
              ['虚构丁', '2025-01-04'],
            ],
          }),
        ).replace('虚构丁', '虚构丙\n虚构丁'),
      ),
      { retrievedAt: '2025-11-23' },
    )
    expect(held(result)).toEqual([
      ['虚构甲', 'date-invalid'],
      ['虚构乙', 'date-conflict'],
      ['虚构丙', 'date-missing'],
    ])
    expect(result.projects.map(({ title, publishedAt }) => [title, publishedAt])).toEqual([['虚构丁', '2025-01-04']])
  })

  it('an article whose date does not exist, with the parks that would bear it', () => {
    const result = read({ date: '2025-02-30', parks: [['虚构园', HERE]] })
    expect(result.article).toBeNull()
    expect(result.review.map(({ record }) => record.kind)).toEqual(['article', 'park'])
    expect(result.projects).toHaveLength(2)
  })

  it('all of a page whose region may be one of several places', () => {
    const result = read({ region: '鼓楼区', listRegion: '鼓楼区' })
    expect(result).toMatchObject({ article: null, projects: [], policies: [], refused: null })
    expect(result.review).toHaveLength(5)
    expect(result.review[0]?.reasons[0]?.message).toMatch(/南京市鼓楼区.*徐州市鼓楼区/)
  })

  it('all of a page whose county no table knows', () => {
    const result = read({ region: '上海-火星区', listRegion: '上海火星区' })
    expect(result.review).toHaveLength(5)
    expect(result.review[0]?.record.region).toEqual({ code: '310000', name: '上海市' })
  })

  it('a title that is as long as a paragraph', () => {
    const title = '虚构'.repeat(130)
    expect(read({ projects: [[title, '2025-01-02']] }).review).toMatchObject([
      { record: { title: title.slice(0, 200) }, reasons: [{ code: 'title-long' }] },
    ])
  })

  it('a date without a title', () => {
    const page = asText(inventedPage(clean)).replace('昆山市虚构产业园迎来新企业\n', '')
    const result = importPage(utf8(page), { retrievedAt: '2025-11-23' })
    expect(result.review).toMatchObject([
      { record: { publishedAt: '2025-03-02' }, reasons: [{ code: 'title-missing' }] },
    ])
  })

  it('a zone without a code of its own is filed under what it lies in, and says so', () => {
    const result = read({
      region: '河北-雄安新区',
      listRegion: '雄安新区',
      projects: [['虚构项目', '2025-01-02']],
      policies: [],
    })
    expect(result.article?.region).toEqual({ code: '130000', name: '河北省' })
    expect(result.remarks[0]?.reasons.map(({ code }) => code)).toContain('region-coarse')
    expect(result.projects).toHaveLength(1)
  })
})
