import type { Element, ElementContent, Root } from 'hast'
import { clean, fold } from './fold.ts'
import { imageOf } from './html-image.ts'
import { type Inline, LineBuilder } from './html-line.ts'
import { isLayoutTable, rowsOf, tableLine } from './html-table.ts'
import { attribute, findElement, isDropped, parseHtml, textContent } from './html-tree.ts'
import type { ImageLine, Line, PageLines, Role, TextLine } from './lines.ts'
import { resolveLink, webAddress } from './links.ts'
import type { Doubt } from './result.ts'

const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul caption xmp listing'
  ).split(' '),
)
const PLAIN: Role = { is: 'plain' }
/** A form that wraps the page itself, as some portals' do; any other is left out whole. */
const PAGE_FORM = /(所属|所在)(地区|区域)|地区:/

/**
 * The lines of a saved page. Everything a reader does not see, and everything that could run, stays behind.
 * @param url address of the page, where the caller knows it
 */
export function htmlLines(source: string, url: string | undefined): PageLines {
  const root = parseHtml(source)
  const address = url ?? savedFrom(source, root)
  const walk = new Walk(baseOf(root, address))
  walk.children(root, { strong: false, emphasis: false }, PLAIN)
  walk.endLine(PLAIN)
  const title = findElement(root, ({ tagName }) => tagName === 'title')
  const documentTitle = title && clean(textContent(title)).trim()
  return {
    lines: walk.lines,
    losses: walk.losses,
    ...(documentTitle !== undefined && documentTitle !== '' && { documentTitle }),
    ...(address !== undefined && { address }),
  }
}

/** The address a saved page gives as its own. */
function savedFrom(source: string, root: Root): string | undefined {
  const comment = /<!-- saved from url=\(\d{1,6}\)(\S{1,2048}) -->/.exec(source.slice(0, 4096))?.[1]
  const canonical = findElement(
    root,
    (element) => element.tagName === 'link' && attribute(element, 'rel') === 'canonical',
  )
  const shared = findElement(
    root,
    (element) => element.tagName === 'meta' && attribute(element, 'property') === 'og:url',
  )
  const named = [comment, canonical && attribute(canonical, 'href'), shared && attribute(shared, 'content')]
  return named.map(webAddress).find((address) => address !== undefined)
}

function baseOf(root: Root, address: string | undefined): string | undefined {
  const base = findElement(root, (element) => element.tagName === 'base' && attribute(element, 'href') !== undefined)
  const href = base && attribute(base, 'href')
  return (href !== undefined && webAddress(resolveLink(href, address))) || address
}

class Walk {
  readonly lines: Line[] = []
  readonly losses: Doubt[] = []
  private readonly line = new LineBuilder()
  private readonly base: string | undefined
  private listCount = 0

  constructor(base: string | undefined) {
    this.base = base
  }

  endLine(role: Role): void {
    const line = this.line.take(role)
    if (line) this.lines.push(line)
  }

  children(parent: Root | Element, inline: Inline, role: Role): void {
    for (const node of parent.children) {
      if (node.type === 'text') this.text(node.value, parent, inline, role)
      else if (node.type === 'element' && !isDropped(node)) this.element(node, inline, role)
    }
  }

  private text(value: string, parent: Root | Element, inline: Inline, role: Role): void {
    const preformatted = parent.type === 'element' && /^(pre|xmp|listing)$/.test(parent.tagName)
    const [first = '', ...rest] = preformatted ? value.split(/\r\n?|\n/) : [value]
    this.line.add(first, inline)
    for (const next of rest) {
      this.endLine(role)
      this.line.add(next, inline)
    }
  }

  private element(element: Element, inline: Inline, role: Role): void {
    if (element.tagName === 'br') this.endLine(role)
    else if (element.tagName === 'img') this.image(element, role)
    else if (element.tagName === 'table') this.table(element, inline, role)
    else if (element.tagName === 'figure') this.figure(element, inline, role)
    else if (element.tagName === 'form' && !PAGE_FORM.test(fold(textContent(element)))) this.endLine(role)
    else if (BLOCKS.has(element.tagName)) this.block(element, inline, role)
    else this.inline(element, inline, role)
  }

  private block(element: Element, inline: Inline, outer: Role): void {
    this.endLine(outer)
    const role = this.roleOf(element, outer)
    this.children(element, inline, role)
    this.endLine(role)
  }

  private roleOf(element: Element, outer: Role): Role {
    const level = /^h([1-6])$/.exec(element.tagName)?.[1]
    if (level !== undefined) return { is: 'heading', level: Number(level) }
    if (element.tagName === 'blockquote') return { is: 'quote' }
    if (element.tagName === 'ul' || element.tagName === 'ol') {
      this.listCount += 1
      return { is: 'item', list: this.listCount, ordered: element.tagName === 'ol' }
    }
    return outer
  }

  private inline(element: Element, outer: Inline, role: Role): void {
    const href = element.tagName === 'a' ? resolveLink(attribute(element, 'href') ?? '', this.base) : undefined
    const linkTitle = attribute(element, 'title')
    const within: Inline = {
      ...outer,
      strong: outer.strong || /^(b|strong)$/.test(element.tagName),
      emphasis: outer.emphasis || /^(i|em)$/.test(element.tagName),
      ...(href !== undefined && { href }),
      ...(linkTitle !== undefined && { linkTitle }),
    }
    this.line.boundary()
    this.children(element, within, role)
    this.line.boundary()
  }

  private image(element: Element, role: Role): void {
    const read = imageOf(element, this.base)
    if (read === undefined) return
    this.endLine(role)
    if ('loss' in read) this.losses.push(read.loss)
    else this.lines.push({ type: 'image', image: read.image })
  }

  /** A picture with its caption; whatever else stands in the figure follows as it is. */
  private figure(element: Element, inline: Inline, role: Role): void {
    this.endLine(role)
    const before = this.lines.length
    const isCaption = (node: ElementContent): node is Element =>
      node.type === 'element' && node.tagName === 'figcaption'
    this.children({ ...element, children: element.children.filter((node) => !isCaption(node)) }, inline, role)
    this.endLine(role)
    const caption = clean(element.children.filter(isCaption).map(textContent).join(' ')).trim()
    const picture = this.lines.slice(before).find((line): line is ImageLine => line.type === 'image')
    if (caption === '') return
    if (picture) picture.image.caption = caption
    else this.inlineText(caption, inline, role)
  }

  private inlineText(text: string, inline: Inline, role: Role): void {
    this.line.add(text, inline)
    this.endLine(role)
  }

  private table(element: Element, inline: Inline, role: Role): void {
    this.endLine(role)
    const { caption, rows } = rowsOf(element)
    const read = rows.map((row) => row.map((cell) => ({ ...cell, lines: this.apart(cell.element, inline) })))
    const pictures = read.flat().flatMap(({ lines }) => lines.filter((line) => line.type !== 'text'))
    if (
      isLayoutTable(
        element,
        read.map((row) => row.map(({ lines }) => lines)),
      )
    ) {
      if (caption !== '') this.inlineText(caption, inline, role)
      for (const line of read.flat().flatMap(({ lines }) => lines)) this.lines.push(line)
      return
    }
    const text = (line: Line): line is TextLine => line.type === 'text'
    this.lines.push(
      tableLine(
        caption,
        read.map((row) => row.map((cell) => ({ ...cell, lines: cell.lines.filter(text) }))),
      ),
    )
    for (const picture of pictures) this.lines.push(picture)
  }

  /** The lines of a cell, kept from the rest of the page. */
  private apart(cell: Element, inline: Inline): Line[] {
    const walk = new Walk(this.base)
    walk.listCount = this.listCount
    walk.children(cell, inline, PLAIN)
    walk.endLine(PLAIN)
    this.listCount = walk.listCount
    for (const loss of walk.losses) this.losses.push(loss)
    return walk.lines
  }
}
