import { type DateReading, readDate, splitDatedText } from './dates.ts'
import { clean, fold } from './fold.ts'
import type { Part, TextLine } from './lines.ts'
import { isRegionLine } from './meta-fields.ts'
import { fullName } from './places.ts'
import { readRegion, type RegionReading } from './regions.ts'
import { webAddress } from './links.ts'

/** An entry of a list as the page has it. What is missing stays missing. */
export interface Item {
  title?: string
  date?: DateReading
  region?: RegionReading
  documentNo?: string
  /** Address of the entry's own page. */
  href?: string
}

/** A title, or what stands with one. */
type Token =
  | { is: 'title'; text: string; href?: string; /** With the date that was split off. */ whole?: string }
  | { is: 'date'; date: DateReading }
  | { is: 'region'; region: RegionReading }
  | { is: 'number'; text: string }

const BULLET = /^(?:[\s\-–—·•●▪■◆◇○※★☆►▶>»→*+]+|\(?\d{1,3}[.、)](?!\d)\s*)+/
/** 文号: the issuer's mark, the year in brackets, the number. */
export const DOCUMENT_NO =
  /[\p{Script=Han}]{1,16}[〔[(【（［]\s*(?:19|20)\d{2}\s*[〕\])】）］]\s*(?:第\s*)?\d{1,5}\s*号/u
const NUMBER_LINE = new RegExp(`^(?:文号|发文字号)?\\s*[:：]?\\s*(${DOCUMENT_NO.source})$`, 'u')
const REGION_LABEL = /^(?:所属|所在)?(?:地区|区域)\s*[:：]\s*/

/** Reads the entries of a list of titles with their dates (`date`) or regions (`region`). */
export function readItems(lines: readonly TextLine[], partner: 'date' | 'region'): Item[] {
  const tokensByLine = wholeTitles(lines.map((line) => tokensOf(line, partner)).filter((tokens) => tokens.length > 0))
  const singles = tokensByLine
    .filter((tokens) => tokens.length === 1)
    .flat()
    .map(({ is }) => is)
  const reversed = singles[0] === partner && singles.at(-1) === 'title'
  const items: Item[] = []
  let open: Item | undefined
  for (const tokens of tokensByLine) {
    const complete = tokens.some(({ is }) => is === 'title') && tokens.some(({ is }) => is === partner)
    const opener = complete || tokens[0]?.is === (reversed ? partner : 'title')
    if (open === undefined || opener || tokens.some((token) => holds(open, token))) items.push((open = {}))
    for (const token of tokens) put(open, token)
    if (complete && partner === 'date') open = undefined
  }
  return items
}

/** A title that ends in a date of its own stays whole where the next line gives the entry's. */
function wholeTitles(tokensByLine: Token[][]): Token[][] {
  return tokensByLine.map((tokens, index) => {
    const [title, date] = tokens
    const next = tokensByLine[index + 1]
    const own =
      title?.is === 'title' &&
      title.whole !== undefined &&
      date?.is === 'date' &&
      next?.length === 1 &&
      next[0]?.is === 'date'
    return own && title.whole !== undefined
      ? [{ is: 'title', text: title.whole, ...(title.href !== undefined && { href: title.href }) }]
      : tokens
  })
}

function holds(item: Item | undefined, token: Token): boolean {
  if (token.is === 'number') return item?.documentNo !== undefined
  return item?.[token.is] !== undefined
}

function put(item: Item, token: Token): void {
  if (token.is === 'date') item.date = token.date
  else if (token.is === 'region') item.region = token.region
  else if (token.is === 'number') item.documentNo = token.text
  else {
    item.title = token.text
    if (token.href !== undefined) item.href = token.href
  }
}

function tokensOf(line: TextLine, partner: 'date' | 'region'): Token[] {
  if (line.parts.length > 1) {
    const tokens = merged(line.parts.map((part) => tokenOf(part, partner)))
    if (tokens.filter(({ is }) => is === 'title').length <= 1) return tokens
  }
  const whole = tokenOf({ text: line.text, ...hrefOf(line) }, partner)
  return whole.is === 'title' ? splitLine(whole, partner) : [whole]
}

function hrefOf(line: TextLine): { href?: string } {
  const href = line.parts.find((part) => part.href !== undefined)?.href
  return href === undefined ? {} : { href }
}

function tokenOf(part: Part, partner: 'date' | 'region'): Token {
  const date = readDate(part.text)
  if (date) return { is: 'date', date }
  const place = part.text.replace(REGION_LABEL, '')
  if (
    partner === 'region' &&
    !isZoneName(place) &&
    (isRegionLine(place) ||
      isLargePlace(place) ||
      isUnknownRegion(place) ||
      (place.length < part.text.length && place !== ''))
  ) {
    return { is: 'region', region: readRegion(place) }
  }
  const number = NUMBER_LINE.exec(part.text)?.[1]
  if (number !== undefined) return { is: 'number', text: number }
  const href = webAddress(part.href)
  return { is: 'title', text: clean(part.text.replace(BULLET, '')).trim(), ...(href !== undefined && { href }) }
}

/** 邯郸经济技术开发区 alone: in the table of places, but in a list of parks it is one. */
function isZoneName(text: string): boolean {
  const reading = /(开发区|园区)$/.test(fold(text)) ? readRegion(text) : undefined
  const place = reading?.state === 'found' ? reading.place : undefined
  return place?.parent?.parent !== undefined && fullName(place).endsWith(fold(text))
}

/** 江苏, 香港, 东莞: a province or city alone. */
function isLargePlace(text: string): boolean {
  const reading = text.length <= 6 ? readRegion(text) : undefined
  return reading?.state === 'found' && reading.rest === '' && reading.region.code.endsWith('00')
}

/** 上海-某某区: written like a region, and known as far as its first names. */
function isUnknownRegion(text: string): boolean {
  if (!/^\p{Script=Han}{2,12}(?:[-—/·]\p{Script=Han}{2,12})+$/u.test(text)) return false
  const reading = readRegion(text)
  return reading.state === 'unknown' && reading.nearest !== undefined
}

/** Joins pieces of one title that emphasis set apart, and drops pieces that are only decoration. */
function merged(tokens: Token[]): Token[] {
  const kept: Token[] = []
  for (const token of tokens) {
    const last = kept.at(-1)
    if (token.is === 'title' && !/[\p{L}\p{N}]/u.test(token.text)) continue
    if (token.is === 'title' && last?.is === 'title') last.text += token.text
    else kept.push({ ...token })
  }
  return kept
}

/** `标题 2025-09-08`, `[2025-09-08] 标题`, `马陆丰登工业园 上海-嘉定区`. */
function splitLine(title: Token & { is: 'title' }, partner: 'date' | 'region'): Token[] {
  if (!/[\p{L}\p{N}]/u.test(title.text)) return []
  const dated = splitDatedText(title.text)
  if (dated) {
    const text = dated.text.replace(BULLET, '')
    return text === ''
      ? [{ is: 'date', date: dated.date }]
      : [
          { ...title, text, whole: title.text },
          { is: 'date', date: dated.date },
        ]
  }
  const [, name, place] = /^(.+?)[\s|,，:：]+(\S+)$/.exec(title.text) ?? []
  if (partner === 'region' && name !== undefined && place !== undefined && isRegionLine(place)) {
    return [
      { ...title, text: name.replace(/\s*(?:所属|所在)(?:地区|区域)\s*$/, '') },
      { is: 'region', region: readRegion(place) },
    ]
  }
  return [title]
}
