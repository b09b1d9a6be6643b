import { parseDocument } from 'yaml'
import { MarkdownError } from './markdown-error.ts'
import { markdownBody } from './markdown.ts'
import type { Draft } from './starter-defaults.ts'
import { ContentFileError } from './starter-error.ts'

/** File name endings that hold records. */
export const CONTENT_ENDINGS = ['.md', '.json', '.yaml', '.yml'] as const

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)^---[ \t]*(?:\n|$)/m

/**
 * The drafts in one content file: one from Markdown, one or a list from JSON and YAML.
 * @param file path below the content folder: its ending decides how it is read, and errors name it
 * @throws {ContentFileError} when the file cannot be read as its ending says
 */
export function draftsIn(file: string, bytes: string): Draft[] {
  const text = bytes.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  if (file.endsWith('.md')) return [markdownDraft(file, text)]
  const data = file.endsWith('.json') ? json(file, text) : yaml(file, text, 0)
  const entries: unknown[] = Array.isArray(data) ? data : [data]
  return entries.map((entry) => withBlocks(file, asDraft(file, entry)))
}

function markdownDraft(file: string, text: string): Draft {
  const match = FRONT_MATTER.exec(text)
  if (match === null || match.index > 0) {
    throw new ContentFileError(file, '', '开头缺少 --- 之间的字段，写法见 content/README.md')
  }
  const draft = asDraft(file, yaml(file, match[1] ?? '', 1))
  const markdown = text.slice(match[0].length)
  if (markdown.trim() === '') return draft
  if ('body' in draft) throw new ContentFileError(file, 'body', '正文请写在第二个 --- 之后，删去这个字段')
  return { ...draft, body: blocks(file, markdown, match[0].split('\n').length - 1) }
}

/** In data files a body may be a text of Markdown or a list of blocks. */
function withBlocks(file: string, draft: Draft): Draft {
  const { body } = draft
  return typeof body === 'string' ? { ...draft, body: blocks(file, body, 0) } : draft
}

function blocks(file: string, markdown: string, linesBefore: number) {
  try {
    return markdownBody(markdown)
  } catch (error) {
    if (!(error instanceof MarkdownError)) throw error
    throw new ContentFileError(file, 'body', `第 ${error.line + linesBefore} 行：${error.message}`)
  }
}

function yaml(file: string, text: string, linesBefore: number): unknown {
  const document = parseDocument(text)
  const [fault] = [...document.errors, ...document.warnings]
  if (fault === undefined) return document.toJS()
  const line = (fault.linePos?.[0].line ?? 1) + linesBefore
  throw new ContentFileError(file, '', `第 ${line} 行不是正确的 YAML，请检查缩进、冒号和引号（${fault.code}）`)
}

function json(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ContentFileError(file, '', `不是正确的 JSON，请检查逗号、引号和括号（${String(error)}）`)
  }
}

function asDraft(file: string, data: unknown): Draft {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return { ...data }
  throw new ContentFileError(file, '', '应为一条记录（字段: 值），或这样的记录的列表')
}
