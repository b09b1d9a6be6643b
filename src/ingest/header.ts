import { type DateReading, readDate } from './dates.ts'
import type { TextLine } from './lines.ts'
import { bareFields, type Field, fieldsOf } from './meta-fields.ts'
import { excerpt, PageRefused } from './refusal.ts'
import { readRegion, type RegionReading } from './regions.ts'
import { findTitle, isChrome, readTags, splitTags, type Title } from './title.ts'

/** What stands above an article's body. */
export interface Header extends Title {
  tags: string[]
  region: RegionReading
  /** The region as the page prints it. */
  regionText: string
  date: DateReading
  author?: string
  /** Index of the first line of the body. */
  bodyAt: number
}

/** Consecutive lines of small print. */
interface Run {
  from: number
  to: number
  fields: Field[]
}

const EXPECTED = '招商门户的文章页（标题、所属地区、发布日期和正文齐全）'

/**
 * Finds the article's header: the first lines of small print that name both a region and a date.
 * @throws PageRefused when there is none
 */
export function readHeader(lines: readonly TextLine[], documentTitle: string | undefined): Header {
  const runs = runsOf(lines)
  const has = (run: Run, kind: Field['kind']): boolean =>
    run.fields.some((field) => field.kind === kind && field.value !== '')
  const labelled = runs.filter((run) => run.fields.some(({ kind, label }) => kind === 'region' && label !== ''))
  const whole = (run: Run): boolean => has(run, 'region') && has(run, 'date')
  const run =
    labelled.find(whole) ??
    runs.find((candidate) => whole(candidate) && findTitle(lines, candidate.from, documentTitle)?.column !== undefined)
  if (run === undefined) {
    const missing = labelled.length > 0 ? '“发布日期”' : '“所属地区”'
    throw new PageRefused('not-template', EXPECTED, `没有${missing}一行的页面${described(lines, documentTitle)}`)
  }
  const title = findTitle(lines, run.from, documentTitle)
  if (title === undefined) throw new PageRefused('not-template', EXPECTED, '没有标题的页面')
  const regionText = run.fields.find(({ kind, value }) => kind === 'region' && value !== '')?.value ?? ''
  const authors = run.fields.filter(({ kind, value }) => kind === 'author' && value !== '' && value.length <= 80)
  const author = (authors.find(({ label }) => /作者|记者|撰稿/.test(label)) ?? authors[0])?.value
  return {
    ...title,
    tags: [
      ...new Set([
        ...readTags(lines.slice(title.end, run.from)),
        ...run.fields.filter(({ kind }) => kind === 'tags').flatMap(({ value }) => splitTags(value)),
      ]),
    ],
    region: readRegion(regionText),
    regionText,
    date: publicationDate(run.fields),
    ...(author !== undefined && { author }),
    bodyAt: run.to,
  }
}

/** Groups neighbouring lines of small print, reading a value from the next line where a label stands alone. */
function runsOf(lines: readonly TextLine[]): Run[] {
  const runs: Run[] = []
  for (let at = 0; at < lines.length;) {
    const fields = lineFields(lines, at)
    if (fields === undefined) {
      at += 1
      continue
    }
    const last = runs.at(-1)
    if (last?.to === at) {
      last.fields.push(...fields.fields)
      last.to = fields.to
    } else {
      runs.push({ from: at, to: fields.to, fields: fields.fields })
    }
    at = fields.to
  }
  return runs
}

function lineFields(lines: readonly TextLine[], at: number): { fields: Field[]; to: number } | undefined {
  const line = lines[at]
  const next = lines[at + 1]
  if (line === undefined) return undefined
  const labelled = fieldsOf(line)
  const open = labelled.at(-1)
  if (open?.value === '' && next && next.text.length <= 60 && open.kind !== 'other' && fieldsOf(next).length === 0) {
    return { fields: [...labelled.slice(0, -1), { ...open, value: next.text }], to: at + 2 }
  }
  const fields = labelled.length > 0 ? labelled : bareFields(line)
  return fields.length > 0 ? { fields, to: at + 1 } : undefined
}

/** The day it was published, rather than changed. */
function publicationDate(fields: Field[]): DateReading {
  const dates = fields.filter(({ kind, value }) => kind === 'date' && value !== '')
  const { value = '' } = dates.find(({ label }) => !/更新|成文|印发|创建|录入/.test(label)) ?? dates[0] ?? {}
  return readDate(value) ?? { bad: value }
}

/** How a page that is something else introduces itself. */
function described(lines: readonly TextLine[], documentTitle: string | undefined): string {
  const text = documentTitle ?? lines.find((line) => !isChrome(line))?.text
  if (text === undefined) return '（没有可读的文字）'
  const head =
    lines
      .slice(0, 12)
      .map(({ folded }) => folded)
      .join(' ') + text.toLowerCase()
  const kind = /404|not found|不存在|已删除|无法访问/.test(head)
    ? '像是错误页，'
    : /登录|密码|验证码|sign in|log ?in/.test(head)
      ? '像是登录页，'
      : ''
  return `（${kind}开头为“${excerpt(text)}”）`
}
