import type { TextLine } from './lines.ts'
import { fieldsOf } from './meta-fields.ts'

/**
 * Whether a table's cell is part of the template itself — a list's heading, the small print — so that the table only
 * lays out the page.
 */
export function isStructure(cell: TextLine): boolean {
  if (cell.text.length <= 24 && /(招商项目|优惠政策|产业园区|招商引资|投资流程)$/.test(cell.folded)) return true
  return fieldsOf(cell).some(
    ({ kind, label }) => (kind === 'region' && label.length >= 3) || (kind === 'date' && label.includes('发布')),
  )
}
