import { fold } from './fold.ts'

/** A date as a page prints it: one that exists, or text that stands where a date should and is none. */
export type DateReading = { iso: string } | { bad: string }

const DIGITS = '〇零○一二三四五六七八九'
const YEAR = `(?:(?<year>\\d{4}|[${DIGITS}]{4})|民国(?<roc>\\d{1,3}))`
const MONTH = '(?<month>\\d{1,2}|十[一二]?|[一二三四五六七八九正元])'
const DAY = '(?<day>\\d{1,2}|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九])'
const WEEKDAY = '(?:[ (,]*(?:星期|周)[一二三四五六日天][ )]*)?'
const CLOCK = '\\d{1,2}(?:[:时]\\d{1,2}(?:[:分]\\d{1,2}(?:\\.\\d+)?)?)[分秒]?(?: ?[ap]m|z|[+-]\\d\\d:?\\d\\d)?'
const TIME = `(?:[t ]*(?:上午|下午|凌晨|晚上)? ?${CLOCK})?`
const FULL = `${YEAR} ?(?:年|[-/.]) ?${MONTH} ?(?:月|[-/.]) ?${DAY}(?: ?[日号]|(?!\\d))${WEEKDAY}${TIME}`
const COMPACT = `(?<year2>(?:19|20)\\d{2})(?<month2>\\d{2})(?<day2>\\d{2})(?!\\d)${WEEKDAY}${TIME}`
const ANY = `(?:${FULL}|${COMPACT})`

const LABEL_WORDS =
  '(?:(?:信息|文章)?(?:发布|发文|发表|公布|公开|更新|成文|印发|刊登|录入|创建)?(?:日期|时间)|发布于|发表于|更新于|date|time)'
const LABEL = new RegExp(`^${LABEL_WORDS}(?: ?: ?| +|(?=[\\d〇零○一二]))`)
const LABELLED = new RegExp(`^${LABEL_WORDS} ?: ?.`)
const OPEN = '[\\[(〔【<「]? ?'
const CLOSE = ' ?[\\])〕】>」]?'
const WHOLE = new RegExp(`^${OPEN}${ANY}${CLOSE}[.。]?$`)
const LEADING = new RegExp(`^${OPEN}${ANY}${CLOSE}(?:[ :|,、;]+|(?<=[\\])〕】>」]))`)
const TRAILING = new RegExp(`[ |,、;:]*${OPEN}${ANY}${CLOSE}$`)
/** No year, no day, two digits of a year, a digit that cannot be read: a date was meant, but it is none. */
const FRAGMENT =
  /^[[(]?(?=.*[\d一二三四五六七八九])(?=.*[年月/.-])[\dx〇零○一二三四五六七八九十廿年月日号/. *?-]{4,16}[\])]?$/

/**
 * Reads a line that is nothing but a date, with or without a label before it and a time behind it.
 * @returns undefined when the line is something else
 */
export function readDate(line: string): DateReading | undefined {
  if (line.length > 60) return undefined
  const text = fold(line).trim()
  const value = text.replace(LABEL, '')
  const labelled = LABELLED.test(text)
  const found = WHOLE.exec(value)
  if (found) return dateOf(found, line)
  return FRAGMENT.test(value) || labelled ? { bad: line.trim() } : undefined
}

/** A line that carries a text and a date. */
export interface DatedText {
  text: string
  date: DateReading
}

/** Splits `标题 2025-09-08` and `[2025-09-08] 标题`. */
export function splitDatedText(line: string): DatedText | undefined {
  const folded = fold(line)
  const tail = Math.max(0, folded.length - 60)
  const trailing = TRAILING.exec(folded.slice(tail))
  if (trailing && tail + trailing.index > 0) {
    return { text: line.slice(0, tail + trailing.index).trim(), date: dateOf(trailing, trailing[0].trim()) }
  }
  const leading = LEADING.exec(folded.slice(0, 60))
  if (leading && leading[0].length < line.length) {
    return { text: line.slice(leading[0].length).trim(), date: dateOf(leading, leading[0].trim()) }
  }
  return undefined
}

function dateOf(match: RegExpExecArray, printed: string): DateReading {
  const { year, roc, month, day, year2, month2, day2 } = match.groups ?? {}
  const years = roc === undefined ? number(year ?? year2) : 1911 + Number(roc)
  const date = new Date(0)
  date.setUTCFullYear(years, number(month ?? month2) - 1, number(day ?? day2))
  const iso = `${String(years).padStart(4, '0')}-${pad(number(month ?? month2))}-${pad(number(day ?? day2))}`
  const plausible = years >= 1949 && years <= 2100
  return plausible && date.toISOString().startsWith(iso) ? { iso } : { bad: printed.trim() }
}

const pad = (value: number): string => String(value).padStart(2, '0')

/** Arabic digits, digits written out (二〇二五) and numbers up to thirty-nine in words (二十八, 廿八, 正). */
function number(text = ''): number {
  if (/^\d+$/.test(text)) return Number(text)
  const digits = [...text.replace(/[○零]/g, '〇').replace(/[正元]/g, '一')]
  const digit = (char: string | undefined): number => '〇一二三四五六七八九'.indexOf(char ?? '〇')
  if (text.length === 4) return digits.reduce((total, char) => total * 10 + digit(char), 0)
  const words = digits.join('').replace('廿', '二十').replace('卅', '三十')
  const ten = words.indexOf('十')
  if (ten < 0) return digit(words[0])
  return (ten === 0 ? 1 : digit(words[0])) * 10 + digit(words[ten + 1])
}
