/** Invented pages in the portal's template. Every park, project and policy in them is made up. */
export interface InventedPage {
  column: string
  title: string
  tags: string[]
  region: string
  date: string
  body: string[]
  /** What the lists are named after: 江苏昆山市招商项目. */
  listRegion: string
  projects: [title: string, date: string][]
  policies: [title: string, date: string][]
  parks: [title: string, region: string][]
}

export const LEAD = '近日,昆山市虚构镇举办了一场关于示范产业的座谈会,与会企业就厂房、用工和物流提出了建议。'
export const SECTIONS: readonly (readonly [heading: string, text: string])[] = [
  ['一、聚焦示范产业', '虚构镇介绍了示范产业的基本情况,并说明了下一步的工作安排和时间表,供与会企业参考。'],
  ['二、优化营商环境', '镇政府承诺为落户企业配备专员,从选址到投产全程跟进,让企业少跑路、好办事。'],
  ['三、完善配套设施', '新建的人才公寓和员工食堂将在年内投入使用,公交线路也会同步延伸到园区门口。'],
]
export const CLOSING = '座谈会之后,与会代表参观了虚构产业园的两家示范企业,并就合作意向交换了意见。'

export const BODY: string[] = [LEAD, ...SECTIONS.flat(), CLOSING]
/** The fault of the real page: the numbered part and the closing stand a second time. */
export const BODY_TWICE: string[] = [...BODY, ...SECTIONS.flat(), CLOSING]

export function inventedPage(changes: Partial<InventedPage> = {}): InventedPage {
  return {
    column: '昆山市招商',
    title: '虚构镇举办示范产业座谈会共谋发展',
    tags: ['示范产业', '座谈会'],
    region: '江苏-苏州-昆山市',
    date: '2025年03月04日',
    body: BODY_TWICE,
    listRegion: '江苏昆山市',
    projects: [
      ['虚构镇示范项目顺利推进', '2025-03-03'],
      ['昆山市虚构产业园迎来新企业', '2025-03-02'],
    ],
    policies: [
      ['昆山市人民政府关于通报表扬2024年度虚构企业的通知', '2025-02-01'],
      ['昆山市人民政府办公室关于印发《昆山市虚构产业发展若干措施》的通知', '2025-01-15'],
    ],
    parks: [
      ['虚构镇示范产业园', '江苏-苏州-昆山市'],
      ['临清市虚构工业园', '江苏-苏州-昆山市'],
    ],
    ...changes,
  }
}

/** The page as somebody copies it from a browser. */
export function asText(page: InventedPage): string {
  return [
    `【${page.column}】${page.title}`,
    ...page.tags,
    `所属地区:${page.region}`,
    `发布日期:${page.date}`,
    ...page.body,
    `${page.listRegion}招商项目`,
    '更多项目',
    ...page.projects.flat(),
    `${page.listRegion}优惠政策`,
    '更多政策',
    ...page.policies.flat(),
    `${page.listRegion}产业园区`,
    ...page.parks.flatMap(([title, region]) => ['-', title, region]),
    ...ending(page),
  ].join('\n')
}

function ending(page: InventedPage): string[] {
  return [
    `${page.listRegion}招商引资`,
    '招商政策',
    '投资流程',
    '优惠政策',
    `${page.listRegion}投资流程`,
    '外商投资',
    '- 联系我们',
    '- 企业入驻',
    '立即获取',
  ]
}

/** The same page as a browser saves it. `body` may hold markup of its own. */
export function asHtml(page: InventedPage, body = page.body.map((text) => `<p>${text}</p>`).join('\n')): string {
  const list = (items: [string, string][]): string =>
    `<ul>${items.map(([title, note], index) => `<li><a href="/item/${index}">${title}</a><span>${note}</span></li>`).join('')}</ul>`
  return `<!DOCTYPE html><html lang="zh"><head><title>${page.title}-虚构招商网</title><script>document.title = 'x'</script></head><body>
<nav><a href="/">首页</a><a href="/p">招商项目</a><a href="/z">优惠政策</a></nav>
<div class="article"><h1>【${page.column}】${page.title}</h1><div>${page.tags.map((tag) => `<span>${tag}</span>`).join('')}</div>
<div><span>所属地区:</span><span>${page.region}</span><span>发布日期:${page.date}</span></div>
<div class="content">${body}</div></div>
<div><h2>${page.listRegion}招商项目</h2><a href="/p">更多项目</a>${list(page.projects)}</div>
<div><h2>${page.listRegion}优惠政策</h2><a href="/z">更多政策</a>${list(page.policies)}</div>
<div><h2>${page.listRegion}产业园区</h2>${list(page.parks)}</div>
<div>${ending(page)
    .map((text) => `<p>${text}</p>`)
    .join('')}</div></body></html>`
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
