import { readDate, splitDatedText } from './dates.ts'
import { comparisonKey } from './fold.ts'
import type { TextLine } from './lines.ts'
import { isRegionLine } from './meta-fields.ts'
import { readRegion } from './regions.ts'

/** The lists of the template; `other` is everything that stands around them. */
export type SectionKind = 'project' | 'policy' | 'park' | 'other'

/** What each list is called, behind a region's name or alone. A new list of the template goes here. */
const NAMES: Readonly<Record<string, SectionKind>> = {
  招商项目: 'project',
  优惠政策: 'policy',
  产业园区: 'park',
  招商引资: 'other',
  投资流程: 'other',
}
/** What portals put around the template's lists. A new one goes here. */
const AROUND =
  '(?:常见|热门)问题|问答|(?:相关|热门|最新|推荐)(?:推荐|阅读|文章|新闻|资讯|链接|城市|地区|园区|标签|内容)|(?:热点|招商|园区)(?:资讯|新闻|动态)|' +
  '延伸阅读|阅读推荐|猜你喜欢|为您推荐|为你推荐|热门|排行榜|(?:阅读|点击)排行|友情链接|周边(?:城市|地区)|城市导航|最近更新|最新发布|关于我们'
const HEADING = new RegExp(`^(.{0,24}?)(${Object.keys(NAMES).join('|')}|${AROUND})$`)
/** How many lines behind such a list's name the article may go on. */
const FAR = 40
/** Longer than a list's line, with a full stop: the article goes on. */
const PROSE = /^.{20,}[。!?！？…]”?$/
/** The portal's ways on: intents, tracks and calls to act. They end a list and are no part of it. */
const WAYS_ON =
  /^(招商政策|投资流程|土地招拍挂|厂房价格|注册公司|优惠政策|外商投资|买地自建|厂房租赁|写字楼租赁|公司注册|联系我们|企业入驻|立即获取)$/
const MORE = /(?:查看|了解)?更多.{0,6}?[>»›\s]*$|more[>»›\s]*$/
const DECORATION = /^[^\p{L}\p{N}]+|[^\p{L}\p{N})》”]+$/gu

/** Whether a line only leads to more of a list: 更多项目, 查看更多 >>. */
export function isMore(line: TextLine): boolean {
  return (
    line.text.length <= 12 && /^(?:(?:查看|了解)?更多.{0,6}|more)[>»›.\s]*$/.test(line.folded.replace(DECORATION, ''))
  )
}

export function isWayOn(line: TextLine): boolean {
  return line.text.length <= 16 && WAYS_ON.test(line.folded.replace(DECORATION, ''))
}

/** Recognises the headings of a page's lists. */
export class SectionHeadings {
  private readonly lines: readonly TextLine[]
  private readonly pageRegion: string

  /**
   * @param lines of the page
   * @param pageRegion its region as printed; its lists may be named after it even where no table knows it
   */
  constructor(lines: readonly TextLine[], pageRegion: string) {
    this.lines = lines
    this.pageRegion = comparisonKey(pageRegion)
  }

  /**
   * The list that the line at an index heads.
   * @param part where the line stands. In an article's text and among the portal's links the bare name may be anything
   *   and counts only with a list under it; among parks a name with a region under it is one more park
   */
  at(index: number, part: SectionKind | 'body'): SectionKind | undefined {
    const line = this.lines[index]
    if (line === undefined || line.text.length > 40) return undefined
    const text = line.folded.replace(DECORATION, '').replace(MORE, '').replace(DECORATION, '')
    const [, prefix = '', name = ''] = HEADING.exec(text) ?? []
    if (name === '' || this.isEntry(index, part)) return undefined
    const kind = NAMES[name]
    if (kind === undefined) return this.isAround(prefix, index, part) ? 'other' : undefined
    const inList = part !== 'body' && part !== 'other'
    if (prefix === '') return inList || this.hasList(index) ? kind : undefined
    if (part === 'body' && PROSE.test(this.lines[index + 1]?.folded ?? '')) return undefined
    return this.isRegion(prefix) || this.isNamedSo(prefix, index) ? kind : undefined
  }

  /** 昆山产业园区 with its region on the next line is a park, 优惠政策 between dates a piece of news. */
  isEntry(index: number, part: SectionKind | 'body'): boolean {
    const isDate = (at: number): boolean => readDate(this.lines[at]?.text ?? '') !== undefined
    if (part === 'park') return isRegionLine(this.lines[index + 1]?.text ?? '')
    return (part === 'project' || part === 'policy') && isDate(index + 1) && isDate(index - 1)
  }

  /** A list that is none of the template's ends what it follows; a body only where no prose comes behind it. */
  private isAround(prefix: string, index: number, part: SectionKind | 'body'): boolean {
    if (prefix !== '' && !this.isRegion(prefix)) return false
    if (part !== 'body') return true
    for (const [distance, line] of this.lines.slice(index + 1, index + 1 + FAR).entries()) {
      if (PROSE.test(line.folded)) return false
      if (isWayOn(line) || this.at(index + 1 + distance, 'other') !== undefined) return true
    }
    return true
  }

  /** A zone that no table knows (雄安新区), where the page itself is of it or the way to more of the list follows. */
  private isNamedSo(prefix: string, index: number): boolean {
    const next = this.lines[index + 1]
    const isName = /^[\p{L}\p{N}]{2,16}$/u.test(prefix)
    return isName && (this.pageRegion.endsWith(comparisonKey(prefix)) || (next !== undefined && isMore(next)))
  }

  private isRegion(prefix: string): boolean {
    const reading = readRegion(prefix)
    return reading.state === 'ambiguous' || (reading.state === 'found' && reading.rest === '')
  }

  /** Whether the next lines look like a list: a way to more of it, a date, a region, the dash of an empty picture. */
  private hasList(index: number): boolean {
    return this.lines
      .slice(index + 1, index + 5)
      .some(
        (line, distance) =>
          (distance === 0 && isMore(line)) ||
          (distance < 3 &&
            (readDate(line.text) !== undefined || splitDatedText(line.text) !== undefined || isRegionLine(line.text))),
      )
  }
}
