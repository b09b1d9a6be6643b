import type { Blockquote, Definition, List, Paragraph, RootContent, Table } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import type { Block, HeadingBlock, Span } from '#domain/body.ts'
import { MarkdownError } from './markdown-error.ts'
import { type Definitions, inlineParts, inlineSpans, isComment } from './markdown-inline.ts'

const parser = unified().use(remarkParse).use(remarkGfm)

/**
 * Markdown (CommonMark with GitHub's tables) as the blocks of a body. What the model cannot carry is refused rather
 * than dropped, so that nothing a person wrote is lost unseen; raw HTML never gets through. HTML comments are notes.
 * @throws {MarkdownError} with the line, and what to do
 */
export function markdownBody(markdown: string): Block[] {
  const { children } = parser.parse(markdown)
  const definitions = new Map(
    children
      .filter((node): node is Definition => node.type === 'definition')
      .map((node) => [node.identifier.toUpperCase(), node]),
  )
  return children.flatMap((node) => blocksOf(node, definitions))
}

function blocksOf(node: RootContent, definitions: Definitions): Block[] {
  switch (node.type) {
    case 'heading':
      return [{ type: 'heading', level: headingLevel(node.depth), text: inlineSpans(node.children, definitions) }]
    case 'paragraph':
      return paragraphs(node, definitions)
    case 'list':
      return [{ type: 'list', ordered: node.ordered === true, items: listItems(node, definitions) }]
    case 'table':
      return [table(node, definitions)]
    case 'blockquote':
      return quotes(node, definitions)
    case 'definition':
    case 'thematicBreak':
      return []
    case 'html':
      if (isComment(node.value)) return []
      throw new MarkdownError(`正文不接受 HTML（${node.value.slice(0, 40)}），请用 Markdown 书写`, node)
    case 'code':
      throw new MarkdownError('正文不支持代码块；段首不要空四格', node)
    default:
      throw new MarkdownError('正文只支持标题、段落、列表、表格、图片和引用，请改写这一段', node)
  }
}

/** The page's own title is the first level, so a body starts at the second and has three. */
function headingLevel(depth: number): HeadingBlock['level'] {
  if (depth <= 2) return 2
  return depth === 3 ? 3 : 4
}

/** A paragraph is cut at its pictures, each of which becomes a block. */
function paragraphs(node: Paragraph, definitions: Definitions): Block[] {
  const blocks: Block[] = []
  for (const part of inlineParts(node.children, definitions)) {
    const last = blocks.at(-1)
    if ('src' in part) blocks.push({ type: 'image', image: part })
    else if (last?.type === 'paragraph') last.text.push(part)
    else blocks.push({ type: 'paragraph', text: [part] })
  }
  return blocks
}

function listItems(node: List, definitions: Definitions): Span[][] {
  return node.children.map((item) =>
    item.children.flatMap((child, at): Span[] => {
      if (child.type === 'paragraph') return lead(inlineSpans(child.children, definitions), at === 0 ? '' : '\n')
      // Items do not nest: what is below an item follows it, one line each.
      if (child.type === 'list') return listItems(child, definitions).flatMap((below) => lead(below, '\n· '))
      throw new MarkdownError('列表项里只能有文字和下一级列表', child)
    }),
  )
}

function lead(spans: Span[], prefix: string): Span[] {
  return prefix === '' ? spans : [{ text: prefix }, ...spans]
}

/** Short rows are filled up to the width of the header, so that columns never shift. */
function table(node: Table, definitions: Definitions): Block {
  const rows = node.children.map((row) => row.children.map((cell) => inlineSpans(cell.children, definitions)))
  const [header = [], ...rest] = rows
  for (const [at, row] of rest.entries()) {
    if (row.length > header.length) throw new MarkdownError('这一行的格数多于表头', node.children[at + 1] ?? node)
  }
  return { type: 'table', header, rows: rest.map((row) => header.map((_, column) => row[column] ?? [])) }
}

function quotes(node: Blockquote, definitions: Definitions): Block[] {
  return node.children.map((child) => {
    if (child.type !== 'paragraph') throw new MarkdownError('引用里只能有文字', child)
    return { type: 'quote', text: inlineSpans(child.children, definitions) }
  })
}
