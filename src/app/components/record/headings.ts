import { plain } from '#domain/body-text.ts'
import type { Block, HeadingBlock } from '#domain/body.ts'

/** Anchor of the heading at this place in a body. */
export function headingId(index: number): string {
  return `section-${index}`
}

/** The section headings of a body, with their anchors, for the section bar. */
export function sectionsOf(body: readonly Block[]): { id: string; text: string }[] {
  return body
    .map((block, index) => ({ block, id: headingId(index) }))
    .filter(
      (entry): entry is { block: HeadingBlock; id: string } =>
        entry.block.type === 'heading' && entry.block.level === 2,
    )
    .map(({ block, id }) => ({ id, text: plain(block.text) }))
}
