import type { Image as ImageNode, ImageReference, Link, LinkReference, PhrasingContent } from 'mdast'
import * as v from 'valibot'
import { type Image, ImageSchema, type Span } from '#domain/body.ts'
import { SafeLink } from '#domain/text.ts'
import { MarkdownError } from './markdown-error.ts'

/** Where reference links and pictures (`[text][name]`) point to, by upper-case name. */
export type Definitions = ReadonlyMap<string, { url: string; title?: string | null | undefined }>

type Mark = NonNullable<Span['marks']>[number]
interface Style {
  marks: readonly Mark[]
  href?: string
}

/** Scripts written without blanks between words: a line break beside one of these is no blank. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef“”‘’—…·]/u

/**
 * Inline Markdown as spans. Line breaks in the source vanish between Chinese characters and are blanks elsewhere; a
 * hard break is `\n`.
 * @throws {MarkdownError} at a picture, raw HTML, an unsafe link, or anything else spans cannot carry
 */
export function inlineSpans(nodes: readonly PhrasingContent[], definitions: Definitions): Span[] {
  return inlineParts(nodes, definitions).map((part) => {
    if ('text' in part) return part
    throw new MarkdownError('图片请单独成段，不要放在标题、列表或表格里', nodes[0] ?? { type: 'image' })
  })
}

/**
 * Inline Markdown as spans and pictures, in order: a paragraph may hold both.
 * @throws {MarkdownError} at raw HTML, an unsafe link, or anything else the body model cannot carry
 */
export function inlineParts(nodes: readonly PhrasingContent[], definitions: Definitions): (Span | Image)[] {
  const parts = nodes.flatMap((node) => partsOf(node, { marks: [] }, definitions))
  return trimEnds(joinAlike(parts))
}

function partsOf(node: PhrasingContent, style: Style, definitions: Definitions): (Span | Image)[] {
  const within = (children: readonly PhrasingContent[], inner: Style) =>
    children.flatMap((child) => partsOf(child, inner, definitions))
  switch (node.type) {
    case 'text':
      return [span(softBreaks(node.value), style)]
    case 'inlineCode':
      return [span(node.value, style)]
    case 'break':
      return [span('\n', style)]
    case 'strong':
    case 'emphasis':
      return within(node.children, { ...style, marks: [...new Set([...style.marks, node.type])] })
    case 'link':
    case 'linkReference':
      return within(node.children, { ...style, href: linkTarget(node, definitions) })
    case 'image':
    case 'imageReference':
      return [picture(node, definitions)]
    case 'html':
      return html(node.value, () => span('\n', style), node)
    default:
      throw new MarkdownError('正文不支持删除线和脚注，请改写成普通文字', node)
  }
}

function span(text: string, { marks, href }: Style): Span {
  return { text, ...(marks.length > 0 ? { marks: [...marks] } : {}), ...(href === undefined ? {} : { href }) }
}

function softBreaks(text: string): string {
  return text.replace(/[ \t]*\n[ \t]*/g, (blank, at: number) => {
    const beside = [text[at - 1], text[at + blank.length]]
    return beside.some((character) => character !== undefined && UNSPACED.test(character)) ? '' : ' '
  })
}

function html(value: string, lineBreak: () => Span, node: PhrasingContent): Span[] {
  if (isComment(value)) return []
  if (/^<br\s*\/?>$/i.test(value)) return [lineBreak()]
  throw new MarkdownError(`正文不接受 HTML（${value.slice(0, 40)}），请用 Markdown 书写`, node)
}

/** Whether a piece of HTML is a comment and nothing else: a note of the writer, never shown. */
export function isComment(value: string): boolean {
  return /^<!--(?:(?!-->)[\s\S])*-->$/.test(value.trim())
}

function target(
  node: Link | LinkReference | ImageNode | ImageReference,
  definitions: Definitions,
): { url: string; title?: string | null | undefined } {
  if (node.type === 'link' || node.type === 'image') return node
  const definition = definitions.get(node.identifier.toUpperCase())
  if (definition === undefined) throw new MarkdownError(`没有给出 [${node.identifier}] 的地址`, node)
  return definition
}

function linkTarget(node: Link | LinkReference, definitions: Definitions): string {
  const { url } = target(node, definitions)
  if (v.safeParse(SafeLink, url).success) return url
  throw new MarkdownError(`链接 ${url.slice(0, 80)} 不可用，请写 https:// 开头的网址或 / 开头的本站路径`, node)
}

function picture(node: ImageNode | ImageReference, definitions: Definitions): Image {
  const { url, title } = target(node, definitions)
  const image = { src: url, alt: node.alt ?? '', ...(title ? { caption: title } : {}) }
  if (v.is(ImageSchema, image)) return image
  throw new MarkdownError(`图片地址 ${url.slice(0, 80)} 不可用，请写 /media/ 开头的路径或 https:// 网址`, node)
}

const sameStyle = (a: Span, b: Span) => a.href === b.href && (a.marks ?? []).join() === (b.marks ?? []).join()

function joinAlike(parts: readonly (Span | Image)[]): (Span | Image)[] {
  const joined: (Span | Image)[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (last !== undefined && 'text' in last && 'text' in part && sameStyle(last, part)) {
      joined[joined.length - 1] = { ...last, text: last.text + part.text }
    } else joined.push(part)
  }
  return joined
}

/** Writers indent with full-width blanks; the page does its own indenting. */
function trimEnds(parts: readonly (Span | Image)[]): (Span | Image)[] {
  const isSpan = (part: Span | Image | undefined): part is Span => part !== undefined && 'text' in part
  const trimmed = parts.map((part, at) => {
    if (!isSpan(part)) return part
    const head = isSpan(parts[at - 1]) ? part.text : part.text.trimStart()
    return { ...part, text: isSpan(parts[at + 1]) ? head : head.trimEnd() }
  })
  return trimmed.filter((part) => !isSpan(part) || part.text !== '')
}
