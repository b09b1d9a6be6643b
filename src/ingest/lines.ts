import type { Attachment, Image, Span } from '#domain/body.ts'
import { clean, fold } from './fold.ts'
import type { Doubt } from './result.ts'

/** What the markup says a line is; text has only plain lines. */
export type Role =
  { is: 'plain' } | { is: 'heading'; level: number } | { is: 'item'; list: number; ordered: boolean } | { is: 'quote' }

/** A piece of a line that the markup sets apart. */
export interface Part {
  text: string
  href?: string
}

/** One line as a reader sees it: a paragraph, a heading, a list item, a title, a date. */
export interface TextLine {
  type: 'text'
  /** Trimmed, never empty. */
  text: string
  /** The copy that structure is matched on; as long as `text`. */
  folded: string
  spans: Span[]
  parts: Part[]
  role: Role
  /** Columns, where tabs or bars divide a line of text. */
  columns?: string[]
  /** Documents the line links to. */
  files: Attachment[]
}

export interface TableLine {
  type: 'table'
  caption?: string
  header: Span[][]
  rows: Span[][][]
  /** The same cells one after the other, for tables that only lay out the page. */
  cells: TextLine[]
}

export interface ImageLine {
  type: 'image'
  image: Image
}

export type Line = TextLine | TableLine | ImageLine

/** A page as the lines a reader sees, whatever it was written in. One recogniser serves text and HTML. */
export interface PageLines {
  lines: Line[]
  /** The browser's title of a saved page. */
  documentTitle?: string
  /** Address the page was saved from, where it says so. */
  address?: string
  /** What was left out and an officer may miss: pictures without an address. */
  losses: Doubt[]
}

/** A plain line of text, or undefined where nothing can be seen. */
export function plainLine(raw: string): TextLine | undefined {
  const text = clean(raw).trim()
  if (text === '') return undefined
  return {
    type: 'text',
    text,
    folded: fold(text),
    spans: [{ text }],
    parts: [{ text }],
    role: { is: 'plain' },
    files: [],
  }
}
