import * as v from 'valibot'
import type { Block } from '#domain/body.ts'
import type { Article } from '#domain/record/article.ts'
import { ContentRecordSchema, type ContentRecord } from '#domain/record/record.ts'
import { articleOf } from './article.ts'
import { blocksOf } from './blocks.ts'
import { requireBody, requireWholeHtml, requireWholeText } from './completeness.ts'
import { decodePage } from './decode.ts'
import { type Entry, mergeEntries, parkEntry, policyEntry, projectEntry } from './entries.ts'
import { type Header, readHeader } from './header.ts'
import { htmlLines } from './html-lines.ts'
import { type Item, readItems } from './items.ts'
import type { PageLines, TextLine } from './lines.ts'
import { webAddress } from './links.ts'
import { isStructure } from './structure.ts'
import { type PageFacts, pageRegion } from './page-facts.ts'
import { excerpt, PageRefused } from './refusal.ts'
import { withoutRepetition } from './repetition.ts'
import type { Doubt, PageImport } from './result.ts'
import { cutSections, type Sections, unfoldLayout } from './sections.ts'
import { textLines } from './text-lines.ts'

/** Most text that a page may hold, in characters, markup not counted. */
export const MAX_TEXT = 200_000
const FIRST_TAGS =
  '!doctype|!--|\\?xml|html|head|body|meta|title|link|base|style|script|div|article|section|main|header|center|form|' +
  'font|span|p|h[1-6]|table|ul|ol|a'
const HTML = new RegExp(`^[\\s\\uFEFF]*<(?:${FIRST_TAGS})(?![a-z0-9])`, 'i')
const END_TAGS = /<\/(?:p|div|li|ul|span|h[1-6]|td|tr|table|a|section|article|body|html)\s*>/gi

export interface PageOptions {
  /** Who runs the page; else the host of its address. */
  sourceName?: string
  /** Address of the page. Relative links and pictures are resolved against it. */
  url?: string
  /** The day it was fetched, `YYYY-MM-DD`. */
  retrievedAt: string
}

/**
 * Reads one page of the portal template, as saved HTML or as its text, into records.
 * @returns everything that may go out and everything that waits for a person, with reasons; or, for a page that is
 *   something else or not whole, nothing but why it was refused
 */
export function importPage(bytes: Uint8Array, options: PageOptions): PageImport {
  try {
    return checked(readPage(decodePage(bytes), options))
  } catch (error) {
    if (error instanceof PageRefused) return { ...nothing(), refused: error.refusal }
    throw error
  }
}

function readPage(source: string, options: PageOptions): PageImport {
  const isHtml = HTML.test(source) || (source.match(END_TAGS)?.length ?? 0) >= 3
  if (isHtml) requireWholeHtml(source)
  const page = isHtml ? htmlLines(source, webAddress(options.url)) : textLines(source)
  const lines = unfoldLayout(page.lines, isStructure)
  const texts = lines.filter((line): line is TextLine => line.type === 'text')
  const length = texts.reduce((sum, { text }) => sum + text.length, 0)
  if (length > MAX_TEXT) throw new PageRefused('too-large', `不超过 ${MAX_TEXT} 字的网页`, `${length} 字`)

  const header = readHeader(texts, page.documentTitle)
  const facts: PageFacts = { ...pageRegion(header.region), date: header.date, source: sourceOf(options, page) }
  const sections = cutSections(lines, texts, header)
  const whole = blocksOf(sections.body)
  const body = withoutRepetition(whole)
  const items = {
    project: readItems(sections.lists.project, 'date'),
    policy: readItems(sections.lists.policy, 'date'),
    park: readItems(sections.lists.park, 'region'),
  }
  requireBody(body, sections)
  if (!isHtml) requireWholeText(whole, sections, items)

  const remarks = [
    ...page.losses,
    ...repeated(whole, body),
    ...coarseRegion(header),
    ...(isHtml ? [] : withoutEnding(sections)),
  ]
  const article: Entry = { ...articleOf(header, body, sections.body, facts), remarks }
  return sorted([article, ...entriesOf(items, facts)])
}

function entriesOf(items: Record<keyof Sections['lists'], Item[]>, facts: PageFacts): Entry[] {
  return mergeEntries([
    ...items.project.map((item) => projectEntry(item, facts)),
    ...items.policy.map((item) => policyEntry(item, facts)),
    ...items.park.map((item) => parkEntry(item, facts)),
  ])
}

function repeated(whole: readonly Block[], body: readonly Block[]): Doubt[] {
  const times = whole.length - body.length
  return times === 0 ? [] : [{ code: 'body-repeated', message: `原页正文有 ${times} 段重复，只保留了一份` }]
}

/** Text that stops between two of its parts cannot be told from a page that has no more of them. */
function withoutEnding({ last }: Sections): Doubt[] {
  if (last === 'other') return []
  return [
    {
      code: 'ending-missing',
      message: '网页文字没有页尾的“招商引资、投资流程、联系我们”等栏目，可能没有复制完整，请对照原页',
    },
  ]
}

/** A zone without a code of its own is filed under the place it lies in. */
function coarseRegion({ region, regionText }: Header): Doubt[] {
  if (region.state !== 'found' || region.rest === '' || region.region.code.length > 6) return []
  const message = `所属地区“${excerpt(regionText)}”中的“${excerpt(region.rest)}”没有区划代码，记在“${region.region.name}”`
  return [{ code: 'region-coarse', message }]
}

function sourceOf({ sourceName, url, retrievedAt }: PageOptions, page: PageLines): ContentRecord['source'] {
  const address = webAddress(url) ?? page.address
  const name = sourceName?.trim() ?? ''
  return {
    name: (name || (address === undefined ? '公开网页' : new URL(address).host)).slice(0, 120),
    ...(address !== undefined && { url: address }),
    retrievedAt,
  }
}

function nothing(): PageImport & { article: Article | null } {
  return { article: null, projects: [], policies: [], parks: [], review: [], remarks: [], refused: null }
}

/** Ready or waiting, by kind. */
function sorted(entries: readonly Entry[]): PageImport {
  const result = nothing()
  for (const { record, reasons, remarks } of entries) {
    if (reasons.length > 0) {
      result.review.push({ record, reasons: [...reasons, ...remarks] })
      continue
    }
    if (remarks.length > 0) result.remarks.push({ id: record.id, reasons: remarks })
    if (record.kind === 'article') result.article = record
    else if (record.kind === 'project') result.projects.push(record)
    else if (record.kind === 'policy') result.policies.push(record)
    else if (record.kind === 'park') result.parks.push(record)
  }
  return result
}

/** No record leaves this room that the others could not read. */
function checked(result: PageImport): PageImport {
  const { article, projects, policies, parks, review } = result
  for (const record of [
    ...(article ? [article] : []),
    ...projects,
    ...policies,
    ...parks,
    ...review.map((held) => held.record),
  ]) {
    const [issue] = v.safeParse(ContentRecordSchema, record).issues ?? []
    if (issue)
      throw new PageRefused(
        'not-template',
        '可以存成记录的内容',
        `“${record.title.slice(0, 30)}”的 ${v.getDotPath(issue) ?? ''} 不合格式（${issue.message}）`,
      )
  }
  return result
}
