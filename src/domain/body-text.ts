/** A run of text, whatever its marks. */
interface TextSpan {
  text: string
}
type Spans = readonly TextSpan[]

/** Where the text of a block stands, whatever its type. */
export interface TextBlock {
  text?: Spans | undefined
  items?: readonly Spans[] | undefined
  caption?: string | undefined
  header?: Spans[] | undefined
  rows?: readonly Spans[][] | undefined
  image?: { alt: string; caption?: string | undefined } | undefined
}

/** The text of spans without marks or links. */
export function plain(spans: Spans): string {
  return spans.map((span) => span.text).join('')
}

/** All text of a body, one block a line: for search, summaries and comparison. */
export function bodyText(body: readonly TextBlock[]): string {
  return body.map(blockText).join('\n')
}

function blockText({ text, items = [], caption = '', header = [], rows = [], image }: TextBlock): string {
  const table = [header, ...rows].map((row) => row.map(plain).join(' '))
  const lines = [plain(text ?? []), ...items.map(plain), caption, ...table, image?.caption ?? image?.alt ?? '']
  return lines.filter((line) => line !== '').join('\n')
}
