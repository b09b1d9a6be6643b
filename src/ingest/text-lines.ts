import { attachmentOf, isImageAddress } from './links.ts'
import { type Line, type PageLines, plainLine } from './lines.ts'

// eslint-disable-next-line no-control-regex -- vertical tab and form feed break lines too
const LINE_BREAK = /\r\n?|[\n\u000B\u000C\u0085\u2028\u2029]/
const ADDRESS = /https?:\/\/[^\s<>"'，。；、）)】]+/g

/** The lines of a page that was copied as text. */
export function textLines(text: string): PageLines {
  const lines = text
    .split(LINE_BREAK)
    .map(textLine)
    .filter((line) => line !== undefined)
  return { lines, losses: [] }
}

function textLine(raw: string): Line | undefined {
  const line = plainLine(raw)
  if (line === undefined) return undefined
  if (/^https?:\/\/\S+$/.test(line.text) && isImageAddress(line.text)) {
    return { type: 'image', image: { src: line.text, alt: '' } }
  }
  const columns = columnsOf(raw)
  if (columns) line.columns = columns
  for (const { 0: address, index } of line.text.matchAll(ADDRESS)) {
    const title = line.text
      .slice(0, index)
      .replace(/^附件\s*\d*\s*[:：]?/, '')
      .replace(/[\s:：(（]+$/, '')
    const file = attachmentOf(address, title, line.text.slice(index + address.length))
    if (file) line.files.push(file)
  }
  return line
}

/** The columns of a row that tabs or bars divide. */
function columnsOf(raw: string): string[] | undefined {
  const row = raw.trim().replace(/^\||\|$/g, '')
  const divider = /[|｜]/.test(row) ? /[|｜]/ : /\t+/
  const columns = row.split(divider).map((cell) => plainLine(cell)?.text ?? '')
  return columns.length > 1 ? columns : undefined
}
