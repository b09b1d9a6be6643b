import { plain } from '#domain/body-text.ts'
import type { Block, Span } from '#domain/body.ts'
import type { Line, TextLine } from './lines.ts'
import { numberedHeading, numberedItem } from './numbering.ts'

const BULLET = /^\s*(?:[-–—·•●▪■◆◇○*]|\uF0B7)\s*(?=\S)/

/** The lines of a body as blocks: headings by markup or number, lists, tables, pictures, quotes, paragraphs. */
export function blocksOf(lines: readonly Line[]): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < lines.length;) {
    const group = groupAt(lines, at)
    if (group.block) blocks.push(group.block)
    at = group.to
  }
  return blocks
}

interface Group {
  block?: Block
  to: number
}

function groupAt(lines: readonly Line[], at: number): Group {
  const line = lines[at]
  if (line === undefined) return { to: at + 1 }
  if (line.type === 'image') return { block: { type: 'image', image: line.image }, to: at + 1 }
  if (line.type === 'table') {
    const { caption, header, rows } = line
    return { block: { type: 'table', ...(caption !== undefined && { caption }), header, rows }, to: at + 1 }
  }
  return (
    textTable(lines, at) ??
    bulletList(lines, at) ??
    numberedList(lines, at) ?? { ...single(line, lines[at + 1]), to: at + 1 }
  )
}

function single(line: TextLine, next: Line | undefined): { block?: Block } {
  const text = line.spans
  if (isOnlyFiles(line)) return {}
  if (line.role.is === 'quote') return { block: { type: 'quote', text } }
  const level = line.role.is === 'heading' ? markedLevel(line.role.level) : numberedHeading(line.text)
  // In text, 1. opens a heading only where a paragraph follows; at the end of a list it is an item.
  if (level !== undefined && (line.role.is === 'heading' || level < 4 || next?.type === 'text'))
    return { block: { type: 'heading', level, text } }
  return { block: { type: 'paragraph', text } }
}

function markedLevel(level: number): 2 | 3 | 4 {
  return level <= 2 ? 2 : level === 3 ? 3 : 4
}

/** 附件：1. 申报表.docx (35KB): everything it says is among the record's attachments. */
function isOnlyFiles(line: TextLine): boolean {
  if (line.files.length === 0) return false
  const rest = line.files.reduce((text, file) => text.replace(file.title, '').replace(file.url, ''), line.text)
  return /^(?:附件|下载|点击|查看|文件|大小|[\d.]+\s*[kmg]?b|字节|[\d\s、.．:：;；,，()（）[\]【】-])*$/i.test(rest)
}

/** Neighbouring rows with as many columns make a table; its first row is the header. */
function textTable(lines: readonly Line[], at: number): Group | undefined {
  const rows: string[][] = []
  for (let line = lines[at]; line?.type === 'text' && line.columns; line = lines[at + rows.length]) {
    if (rows[0] && line.columns.length !== rows[0].length) break
    rows.push(line.columns)
  }
  const to = at + rows.length
  const isRule = (row: string[]): boolean => row.every((cell) => /^[:\s-]*$/.test(cell))
  const [header, ...body] = rows
    .filter((row) => !isRule(row))
    .map((row) => row.map((cell): Span[] => (cell === '' ? [] : [{ text: cell }])))
  return header && body.length > 0 ? { block: { type: 'table', header, rows: body }, to } : undefined
}

function bulletList(lines: readonly Line[], at: number): Group | undefined {
  const first = lines[at]
  if (first?.type !== 'text' || first.role.is === 'heading') return undefined
  const isItem = (line: Line | undefined): line is TextLine =>
    line?.type === 'text' &&
    (first.role.is === 'item'
      ? line.role.is === 'item' && line.role.list === first.role.list
      : line.role.is === 'plain' && BULLET.test(line.text))
  const items = takeWhile(lines, at, isItem)
  if (items.length === 0) return undefined
  const shown = items.filter((line) => !isOnlyFiles(line)).map(({ spans }) => withoutStart(spans, BULLET))
  const ordered = first.role.is === 'item' && first.role.ordered
  return { ...(shown.length > 0 && { block: { type: 'list', ordered, items: shown } }), to: at + items.length }
}

/** Lines 1. 2. 3. one under the other, with nothing between them. */
function numberedList(lines: readonly Line[], at: number): Group | undefined {
  const items: Span[][] = []
  for (let line = lines[at]; line?.type === 'text' && line.role.is === 'plain'; line = lines[at + items.length]) {
    const item = numberedItem(line.text)
    if (item?.number !== items.length + 1) break
    items.push(withoutStart(line.spans, line.text.length - item.rest.length))
  }
  return items.length >= 2 ? { block: { type: 'list', ordered: true, items }, to: at + items.length } : undefined
}

function takeWhile(
  lines: readonly Line[],
  at: number,
  matches: (line: Line | undefined) => line is TextLine,
): TextLine[] {
  const taken: TextLine[] = []
  for (let line = lines[at]; matches(line); line = lines[at + taken.length]) taken.push(line)
  return taken
}

/** Spans without what a bullet or number takes up at their start. */
function withoutStart(spans: readonly Span[], start: RegExp | number): Span[] {
  let left = typeof start === 'number' ? start : (start.exec(plain(spans))?.[0].length ?? 0)
  return spans.flatMap((span) => {
    const text = span.text.slice(left)
    left = Math.max(0, left - span.text.length)
    return text === '' ? [] : [{ ...span, text }]
  })
}
