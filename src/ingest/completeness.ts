import { plain } from '#domain/body-text.ts'
import type { Block } from '#domain/body.ts'
import { readDate } from './dates.ts'
import type { Item } from './items.ts'
import type { Line } from './lines.ts'
import { PageRefused } from './refusal.ts'
import type { Sections } from './sections.ts'

const CONTAINERS = /<(\/?)(?:div|section|article|main|ul|ol|table|form|blockquote)(?=[\s/>])/gi
/** A full stop, also inside quotes; a quote or bracket without one only where it holds the whole line or a credit. */
const SENTENCE_END =
  /[。!?！？….]$|[。!?！？….;；][”’"'」』)）》】\]〕]+$|^[(（【[〔《“—].*[)）\]】〕》”]$|[。!?！？][(（][^()（）]{1,40}[)）]$/

/** What may close a text without a full stop: an issuing body, a person's credit, a number to call, an address. */
const SIGNED =
  /^[^,，、。]{2,30}(政府|委员会|管委会|局|厅|办公室|中心|公司|报社|编辑部)$|^.{2,8}[:：]|\d{7,}\D{0,20}$|https?:\S+$/

/**
 * Refuses a saved page that ends before its end: inside a tag, a comment or a script; with `<html>` or `<body>` open;
 * or, in a piece of a page, with containers open.
 */
export function requireWholeHtml(source: string): void {
  const cut = (found: string): PageRefused =>
    new PageRefused('truncated', '完整保存的网页', `在中途断开的文件（${found}）`)
  const lower = source.toLowerCase()
  for (const [start, end] of [
    ['<!--', '-->'],
    ['<script', '</script'],
    ['<style', '</style'],
  ] as const) {
    if (lower.lastIndexOf(start) > lower.lastIndexOf(end)) throw cut(`“${start}”没有结束`)
  }
  if (/<\/?[a-z!][^<>]*$/.test(lower.slice(Math.max(0, lower.lastIndexOf('<'))))) throw cut('停在一个标签里')
  if (/<(html|body)[\s>]/.test(lower)) {
    if (!/<\/(html|body)\s*>/.test(lower)) throw cut('没有 </html>')
    return
  }
  let open = 0
  for (const [, closing] of source.matchAll(CONTAINERS)) open += closing ? -1 : 1
  if (open > 0) throw cut(`有 ${open} 个标签没有结束`)
}

/** Refuses an article without text. */
export function requireBody(body: readonly Block[], sections: Sections): void {
  if (body.some(({ type }) => type !== 'heading' && type !== 'image')) return
  const found = sections.last === 'body' ? '标题之后没有正文、在中途断开的文件' : '没有正文的页面'
  throw new PageRefused(sections.last === 'body' ? 'truncated' : 'not-template', '有至少一段正文的文章页', found)
}

/**
 * Refuses the text of a page that stops in the middle. Text has no end mark, so the sign is its last line: a heading
 * with nothing under it, a sentence without its end, a list's title without its date, half a date. What stops exactly
 * between two entries cannot be told from a page that has no more.
 */
export function requireWholeText(
  body: readonly Block[],
  sections: Sections,
  items: Record<'project' | 'policy' | 'park', Item[]>,
): void {
  const cut = (found: string): PageRefused =>
    new PageRefused('truncated', '完整的网页文字', `在中途断开的文件（${found}）`)
  if (sections.last === 'other') return
  if (sections.last === 'body') {
    if (endsOpen(body) && !namesFiles(sections.body.at(-1))) throw cut('正文最后一句没有结束')
    return
  }
  const last = items[sections.last].at(-1)
  if (last === undefined) return
  const missing = sections.last === 'park' ? last.region === undefined : last.date === undefined
  const half = last.date !== undefined && 'bad' in last.date
  const lines = sections.lists[sections.last].map(({ folded }) => folded)
  // 2024-12-2 where the page writes 2024-08-05 is the beginning of a later day.
  const shortened = /[-/.]\d$/.test(lines.at(-1) ?? '') && lines.some((line) => /[-/.]0\d$/.test(line))
  // 上海-嘉 where another entry has 上海-嘉定区 is the beginning of a region.
  const begun = sections.last === 'park' && lines.some((line) => isBeginning(ending(lines), line))
  if (missing || half || shortened || begun || last.title === undefined) throw cut('列表最后一项不完整')
}

function ending(lines: readonly string[]): string {
  return (lines.findLast((line) => /[\p{L}\p{N}]/u.test(line)) ?? '').replace(/[^\p{L}\p{N}]+$/u, '')
}

function namesFiles(line: Line | undefined): boolean {
  return line?.type === 'text' && line.files.length > 0
}

function endsOpen(body: readonly Block[]): boolean {
  const last = body.at(-1)
  if (last?.type === 'heading') return true
  if (last?.type !== 'paragraph') return false
  const text = plain(last.text)
  // Where the body stands twice and the second copy stops, its last paragraph is the beginning of one that came before.
  const begun = body.slice(0, -1).some((block) => block.type === 'paragraph' && isBeginning(text, plain(block.text)))
  // What stands right under a heading is the beginning of its text and no signature.
  const signed = SIGNED.test(text) && body.at(-2)?.type !== 'heading'
  return begun || !(SENTENCE_END.test(text) || signed || readDate(text) !== undefined)
}

function isBeginning(text: string, whole: string): boolean {
  return text.length < whole.length && whole.startsWith(text)
}
