import { comparisonKey, fold } from './fold.ts'
import type { TextLine } from './lines.ts'

export interface Title {
  /** Index of the line it stands on. */
  at: number
  /** Index behind it: a column on a line of its own takes one more. */
  end: number
  title: string
  column?: string
}

const COLUMN = /^[【〖[［]([^】〗\]］]{1,40})[】〗\]］]\s*(.*)$/
/** Furthest above its small print that a title is looked for, in lines. */
const REACH = 40
/** Words of the portal around an article; none of them is a title or a tag. */
const CHROME =
  /^(首页|正文|详情|返回|返回首页|登录|注册|搜索|关闭|打印|收藏|分享|微信|微博|qq|大|中|小|字号|中文|english|简体|繁体|无障碍.*|当前位置.*|您的位置.*|网站地图|联系我们|企业入驻|立即获取)$/

export function isChrome(line: TextLine): boolean {
  return CHROME.test(line.folded) || /^[^\p{L}\p{N}]+$/u.test(line.folded)
}

/** Splits the column off: 【嘉定区招商】外冈镇… */
export function splitColumn(text: string): { title: string; column?: string } {
  const [, column, title] = COLUMN.exec(text) ?? []
  return column === undefined || title === undefined ? { title: text } : { title, column: column.trim() }
}

/**
 * Finds the title above an article's small print: the line with a column, else the page's heading, else the line that
 * the browser's title repeats, else the longest one — tags and navigation are shorter.
 * @param lines of the page
 * @param below index of the first line of the small print
 */
export function findTitle(
  lines: readonly TextLine[],
  below: number,
  documentTitle: string | undefined,
): Title | undefined {
  const first = Math.max(0, below - REACH)
  const above = lines
    .slice(first, below)
    .map((line, index) => ({ line, at: first + index }))
    .reverse()
  const marked = above.find(({ line }) => COLUMN.test(line.text) && !/^\[?[\d\s-]+\]?$/.test(line.folded))
  if (marked) return withColumn(lines, marked.at, below)
  const candidates = above.filter(({ line }) => !isChrome(line))
  const named = documentTitle === undefined ? '' : comparisonKey(documentTitle)
  const best =
    candidates.find(({ line: { role } }) => role.is === 'heading' && role.level <= 2) ??
    candidates.find(({ line }) => line.text.length >= 6 && named.startsWith(comparisonKey(line.text))) ??
    candidates.reduce<(typeof candidates)[number] | undefined>(
      (longest, candidate) => (longest && longest.line.text.length > candidate.line.text.length ? longest : candidate),
      undefined,
    )
  return best && best.line.text.length >= 4 ? { at: best.at, end: best.at + 1, title: best.line.text } : undefined
}

function withColumn(lines: readonly TextLine[], at: number, below: number): Title | undefined {
  const { title, column } = splitColumn(lines[at]?.text ?? '')
  const found = { at, ...(column !== undefined && { column }) }
  if (title !== '') return { ...found, end: at + 1, title }
  const next = lines[at + 1]
  return next && at + 1 < below ? { ...found, end: at + 2, title: next.text } : undefined
}

/** The tags between title and small print: a line each, or divided by blanks, commas, bars or #. */
export function readTags(lines: readonly TextLine[]): string[] {
  const pieces = lines
    .filter((line) => !isChrome(line))
    .flatMap((line) => (line.parts.length > 1 ? line.parts.map(({ text }) => text) : splitTags(line.text)))
  const tags = new Map(
    pieces.filter((tag) => tag !== '' && tag.length <= 20 && !/[。!?！？]/.test(tag)).map((tag) => [fold(tag), tag]),
  )
  return [...tags.values()]
}

export function splitTags(text: string): string[] {
  const words = /[a-z0-9] | [a-z0-9]/i.test(text) ? /[、,，;；|｜/#＃]+/ : /[\s、,，;；|｜/#＃]+/
  return text
    .split(words)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
}
