import { bodyText, plain } from '#domain/body-text.ts'
import type { Attachment, Block } from '#domain/body.ts'
import type { Article } from '#domain/record/article.ts'
import { outsideRegion } from './doubts.ts'
import type { Header } from './header.ts'
import type { Line } from './lines.ts'
import { commonFields, type PageFacts, REPLACEMENT, settleDate, titleDoubt } from './page-facts.ts'
import type { Doubt, HeldRecord } from './result.ts'

const MAX_SUMMARY = 120
/** Limits of the schema; what is longer is no column, tag or author. */
const MAX_COLUMN = 40
const MAX_AUTHOR = 80

/** The article of a page, with what an officer has to look at before it goes out. */
export function articleOf(
  header: Header,
  body: Block[],
  lines: readonly Line[],
  facts: PageFacts,
): HeldRecord & { record: Article } {
  const { publishedAt, doubts } = settleDate(header.date, facts)
  const outside = facts.place && outsideRegion('article', header.title, facts.place)
  const record: Article = {
    ...commonFields('article', header.title, publishedAt, facts),
    kind: 'article',
    summary: summaryOf(body),
    tags: header.tags,
    images: body.flatMap((block) => (block.type === 'image' ? [block.image] : [])),
    attachments: attachmentsOf(lines),
    body,
    ...(header.column !== undefined && header.column.length <= MAX_COLUMN && { column: header.column }),
    ...(header.author !== undefined && header.author.length <= MAX_AUTHOR && { author: header.author }),
  }
  return {
    record,
    reasons: [...facts.doubts, ...doubts, ...titleDoubt(header.title), ...garbled(body), ...(outside ? [outside] : [])],
  }
}

function garbled(body: readonly Block[]): Doubt[] {
  if (!bodyText(body).includes(REPLACEMENT)) return []
  return [{ code: 'text-garbled', message: '正文中有无法辨认的字（�），请对照原页改正' }]
}

/** The lead's first sentences, as many as fit. */
function summaryOf(body: readonly Block[]): string {
  const lead = body.find((block) => block.type === 'paragraph')
  const text = lead ? plain(lead.text) : ''
  if (text.length <= MAX_SUMMARY) return text
  const start = text.slice(0, MAX_SUMMARY)
  const end = Math.max(...['。', '!', '！', '?', '？'].map((mark) => start.lastIndexOf(mark)))
  return end > 0 ? start.slice(0, end + 1) : `${start.slice(0, MAX_SUMMARY - 1)}…`
}

function attachmentsOf(lines: readonly Line[]): Attachment[] {
  const files = lines.flatMap((line) =>
    line.type === 'text' ? line.files : line.type === 'table' ? line.cells.flatMap((cell) => cell.files) : [],
  )
  return [...new Map(files.map((file) => [file.url, file])).values()]
}
