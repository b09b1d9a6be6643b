import type { Span } from '#domain/body.ts'
import type { Element, Nodes } from 'hast'
import { clean } from './fold.ts'
import { attribute, findElement, isDropped, textContent } from './html-tree.ts'
import type { Line, TableLine, TextLine } from './lines.ts'

/** More columns than any page shows; a larger span is a mistake or an attack. */
const MAX_COLUMNS = 60
/** A cell with more text than this is a part of the page and no datum. */
const LONG_CELL = 600

export interface Cell {
  element: Element
  heading: boolean
  rowSpan: number
  columnSpan: number
}

/** Rows and caption of a table, without those of tables inside it. */
export function rowsOf(table: Element): { caption: string; rows: Cell[][] } {
  const parts = elements(table).flatMap((part) =>
    /^(thead|tbody|tfoot)$/.test(part.tagName) ? elements(part) : [part],
  )
  const caption = parts
    .filter(({ tagName }) => tagName === 'caption')
    .map(textContent)
    .join(' ')
  const rows = parts.filter(({ tagName }) => tagName === 'tr')
  return {
    caption: clean(caption).trim(),
    rows: rows.map((row) =>
      elements(row)
        .filter(({ tagName }) => tagName === 'td' || tagName === 'th')
        .map(cellOf),
    ),
  }
}

function elements(parent: Element): Element[] {
  return parent.children.filter((node): node is Element => node.type === 'element' && !isDropped(node))
}

function cellOf(element: Element): Cell {
  const span = (name: string): number => Math.min(MAX_COLUMNS, Math.max(1, Number(attribute(element, name)) || 1))
  return { element, heading: element.tagName === 'th', rowSpan: span('rowSpan'), columnSpan: span('colSpan') }
}

/**
 * Whether a table only arranges the page: one column or row, tables or headings inside, or whole articles in a cell.
 */
export function isLayoutTable(table: Element, rows: Line[][][]): boolean {
  if (rows.length < 2 || widest(rows) < 2) return true
  const inner = (node: Nodes): boolean =>
    'children' in node &&
    node.children.some((child) => findElement(child, (found) => /^(table|h[1-6])$/.test(found.tagName)))
  const length = (lines: Line[]): number =>
    lines.reduce((sum, line) => sum + (line.type === 'text' ? line.text.length : 0), 0)
  return inner(table) || rows.some((row) => row.some((lines) => length(lines) > LONG_CELL))
}

function widest(rows: readonly unknown[][]): number {
  return rows.reduce((most, row) => Math.max(most, row.length), 0)
}

/** A table of data. A cell that spans rows or columns stands in each of them, for a phone shows rows one by one. */
export function tableLine(caption: string, rows: (Cell & { lines: TextLine[] })[][]): TableLine {
  const grid: Span[][][] = rows.map(() => [])
  rows.forEach((row, y) => {
    let x = 0
    for (const { lines, rowSpan, columnSpan } of row) {
      while (grid[y]?.[x] !== undefined) x += 1
      const spans = lines.flatMap(({ spans }, index) => (index === 0 ? spans : [{ text: ' ' }, ...spans]))
      for (const covered of grid.slice(y, y + rowSpan)) {
        for (let across = x; across < Math.min(MAX_COLUMNS, x + columnSpan); across += 1) covered[across] = spans
      }
      x += columnSpan
    }
  })
  const width = Math.min(MAX_COLUMNS, widest(grid))
  const filled = grid.map((row) => Array.from({ length: width }, (_, x) => row[x] ?? []))
  const headRows = Math.max(
    1,
    rows.findIndex((row) => !row.every(({ heading }) => heading)),
  )
  const header = Array.from({ length: width }, (_, x) => merged(filled.slice(0, headRows).map((row) => row[x] ?? [])))
  return {
    type: 'table',
    ...(caption !== '' && { caption }),
    header,
    rows: filled.slice(headRows),
    cells: rows.flat().flatMap(({ lines }) => lines),
  }
}

/** A column's heads in one: 面积 over 建筑 becomes 面积 建筑; what spans both rows stands once. */
function merged(heads: Span[][]): Span[] {
  return [...new Set(heads)]
    .filter((spans) => spans.length > 0)
    .flatMap((spans, index) => (index === 0 ? spans : [{ text: ' ' }, ...spans]))
}
