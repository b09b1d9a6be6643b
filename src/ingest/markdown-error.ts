import type { Node } from 'mdast'

/**
 * Markdown that the body model cannot carry. `line` counts from 1 in the Markdown given; the message is Chinese and
 * says what to do.
 */
export class MarkdownError extends Error {
  override readonly name = 'MarkdownError'
  readonly line: number

  constructor(message: string, node: Node) {
    super(message)
    this.line = node.position?.start.line ?? 1
  }
}
