import type { Header } from './header.ts'
import type { Line, TextLine } from './lines.ts'
import { comparisonKey } from './fold.ts'
import { fieldsOf } from './meta-fields.ts'
import { isMore, isWayOn, SectionHeadings, type SectionKind } from './section-heading.ts'
import { isChrome } from './title.ts'

/** A page cut into its parts. */
export interface Sections {
  body: Line[]
  lists: Record<Exclude<SectionKind, 'other'>, TextLine[]>
  /** The part in which the page ends. */
  last: SectionKind | 'body'
}

/** Lines of the portal between body and lists. */
const AROUND =
  /^(上一篇|下一篇|上一条|下一条|相关(推荐|阅读|文章)|分享(到|至)?|打印本页|关闭窗口|返回(顶部|首页|列表)|版权所有|copyright|主办单位|承办单位|技术支持|网站标识码|.{0,6}(icp备|公网安备))/

/**
 * Sorts the lines of a page into body and lists. Lists may come in any order, be missing or empty, and stand before or
 * behind the article; a page that stands twice in its file adds to the same parts.
 * @param lines all of the page
 * @param texts its lines of text only, which `header` counts
 */
export function cutSections(lines: readonly Line[], texts: readonly TextLine[], header: Header): Sections {
  const headings = new SectionHeadings(texts, header.regionText)
  const sections: Sections = { body: [], lists: { project: [], policy: [], park: [] }, last: 'other' }
  let part: SectionKind | 'body' = 'other'
  const repeatedAt = new RepeatedHeader(texts, header)
  let text = -1
  let skipTo = 0
  for (const line of lines) {
    if (line.type !== 'text') {
      if (part === 'body') sections.body.push(line)
      else if (part !== 'other' && line.type === 'table') sections.lists[part].push(...line.cells)
      continue
    }
    text += 1
    if (text === header.at) [part, skipTo] = ['body', header.bodyAt]
    if (text > header.at) skipTo = Math.max(skipTo, repeatedAt.endAt(text))
    if (text < skipTo) {
      part = 'body'
      continue
    }
    const heading = headings.at(text, part)
    if (heading !== undefined) part = heading
    else if (isWayOn(line) && !headings.isEntry(text, part) && (part !== 'body' || waysOn(texts, text) >= 3))
      part = 'other'
    else if (part === 'body') sections.body.push(...bodyLine(line))
    else if (part !== 'other' && !isMore(line) && !isAround(line)) sections.lists[part].push(line)
  }
  return { ...sections, last: part }
}

/** Recognises an article's header where it stands once more. */
class RepeatedHeader {
  private readonly texts: readonly TextLine[]
  private readonly bodyAt: number
  /** Its lines from the title to the body. */
  private readonly keys: string[]
  private readonly titles: Set<string>
  private readonly tags: Set<string>

  constructor(texts: readonly TextLine[], header: Header) {
    this.texts = texts
    this.bodyAt = header.bodyAt
    this.keys = texts.slice(header.at, header.bodyAt).map(({ text }) => comparisonKey(text))
    this.titles = new Set([header.title, (header.column ?? '') + header.title].map(comparisonKey))
    this.tags = new Set(header.tags.map(comparisonKey))
  }

  /** Index behind the header that begins at a line; the line's own index where none does. */
  endAt(at: number): number {
    if (!this.titles.has(this.keyAt(at))) return at
    if (this.keys.every((key, line) => this.keyAt(at + line) === key)) return at + this.keys.length
    let end = at + 1
    while (this.tags.has(this.keyAt(end))) end += 1
    const tagged = end
    for (let line = this.texts[end]; line && fieldsOf(line).length > 0; line = this.texts[end]) end += 1
    return end > tagged || at === this.bodyAt ? end : at
  }

  private keyAt(at: number): string {
    return comparisonKey(this.texts[at]?.text ?? '')
  }
}

function waysOn(texts: readonly TextLine[], at: number): number {
  let count = 0
  for (let line = texts[at]; line && isWayOn(line); line = texts[at + count]) count += 1
  return count
}

function bodyLine(line: TextLine): Line[] {
  return isAround(line) ||
    isChrome(line) ||
    isMore(line) ||
    /^(联系我们|企业入驻|立即获取)$/.test(line.folded.replace(/^[-·•\s]+/, ''))
    ? []
    : [line]
}

function isAround(line: TextLine): boolean {
  return line.text.length <= 80 && AROUND.test(line.folded)
}

/**
 * Takes tables apart that only lay out the page: those in which lines of the template's structure stand.
 * @param isStructure whether a cell belongs to the structure
 */
export function unfoldLayout(lines: readonly Line[], isStructure: (line: TextLine) => boolean): Line[] {
  return lines.flatMap((line) => (line.type === 'table' && line.cells.some(isStructure) ? line.cells : [line]))
}
