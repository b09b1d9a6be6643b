import { type DateReading, readDate } from './dates.ts'
import { fold } from './fold.ts'
import type { TextLine } from './lines.ts'
import { readRegion } from './regions.ts'

/** What the small print under a title tells. `other` is a counter, a font switch and the like. */
export type FieldKind = 'region' | 'date' | 'author' | 'tags' | 'other'

export interface Field {
  kind: FieldKind
  label: string
  value: string
}

const LABELS: readonly (readonly [FieldKind, string])[] = [
  ['region', '(?:所属|所在)(?:地区|区域|辖区|省市|地)|行政区划|地区|区域'],
  ['date', '(?:信息|文章)?(?:发布|发文|发表|公布|公开|更新|成文|印发|刊登|录入|创建)(?:日期|时间)|发布于|日期|时间'],
  ['author', '(?:文章|信息|稿件)?来源|作者|发布机构|发布单位|发布者|发布人|供稿|撰稿|记者'],
  ['tags', '标签|关键词|关键字|tags?'],
  [
    'other',
    '浏览(?:量|次数)?|阅读(?:量|次数)?|点击(?:量|数|率)?|访问(?:量|次数)|人气|字号|字体|分享(?:到|至)?|打印|责任编辑|编辑|审核|索引号|分类|栏目',
  ],
]
const WORDS = LABELS.map(([kind, words]) => `(?<${kind}>${words})`).join('|')
/**
 * A label is followed by a colon, or stands first and is followed by a blank or nothing. The long ones may be glued
 * to what precedes.
 */
const LABEL = new RegExp(
  `(?:(?<=^|[\\s|,、;/)\\]】·-])|(?=所属地区|所属区域|发布日期|发布时间))[【\\[]?(?:${WORDS})(?:[】\\]] ?:? ?| ?: ?| +(?=\\S)|$)`,
  'g',
)
/** Long enough for all of a page's small print on one line, too short for a paragraph to be searched. */
const MAX_LENGTH = 240

/** The text of a line with a blank wherever the markup sets pieces apart. */
export function spaced(line: TextLine): string {
  return line.parts.map(({ text }) => text).join(' ')
}

/** The labelled fields of a line, which must begin with one; none for a line of another kind. */
export function fieldsOf(line: TextLine): Field[] {
  const text = spaced(line)
  if (text.length > MAX_LENGTH) return []
  const labels = [...fold(text).matchAll(LABEL)].filter(({ 0: found, index }) => index === 0 || /[:】\]]/.test(found))
  if (labels[0]?.index !== 0) return []
  return labels.map((match, index) => {
    const end = labels[index + 1]?.index ?? text.length
    const kind = LABELS.find(([name]) => match.groups?.[name] !== undefined)?.[0] ?? 'other'
    return {
      kind,
      label: match[0].replace(/^[【[]|[\]】 :]+$/g, ''),
      value: text.slice(match.index + match[0].length, end).replace(/[\s|,，、;；]+$/, ''),
    }
  })
}

/** Reads a value that stands without a label: a whole line that is a date, or a region, or both. */
export function bareFields(line: TextLine): Field[] {
  if (line.text.length > 60) return []
  const pieces =
    line.parts.length > 1 ? line.parts.map(({ text }) => text) : line.text.split(/\s*[|｜]\s*|\s{1,}(?=\d{4}\D)/)
  const fields = pieces.map((value): Field | undefined => {
    const date: DateReading | undefined = readDate(value)
    if (date && 'iso' in date) return { kind: 'date', label: '', value }
    return isRegionLine(value) ? { kind: 'region', label: '', value } : undefined
  })
  const read = fields.filter((field) => field !== undefined)
  return read.length === fields.length ? read : []
}

/** Whether a line is nothing but a region as pages print it: 上海-嘉定区. */
export function isRegionLine(text: string): boolean {
  if (text.length > 40 || !/[-/·>—]|[省市区县旗盟州]$/.test(fold(text))) return false
  const reading = readRegion(text)
  return reading.state !== 'unknown' && (reading.rest === '' || fold(text).includes('-'))
}
