import type { Block, Span } from './body.ts'

/** The text of spans without marks or links. */
export function plain(spans: readonly Span[]): string {
  return spans.map((span) => span.text).join('')
}

/** All text of a body, one block a line: for search, summaries and comparison. */
export function bodyText(body: readonly Block[]): string {
  return body.map(blockText).join('\n')
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'list':
      return block.items.map(plain).join('\n')
    case 'table':
      return [block.header, ...block.rows].map((row) => row.map(plain).join(' ')).join('\n')
    case 'image':
      return block.image.caption ?? block.image.alt
    default:
      return plain(block.text)
  }
}
