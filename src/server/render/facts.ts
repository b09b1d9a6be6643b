import { industryName } from '#domain/industry.ts'
import type { Listing } from '#domain/record/listing.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { KIND_NAMES } from './site.ts'

const TYPE_NAMES = { land: '土地', factory: '厂房', office: '写字楼' } as const
const number = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })

/** A record's facts as a sentence: what it is, where, and what is known of it. What is not known is not mentioned. */
export function recordFacts(record: ContentRecord): string {
  const facts = [KIND_NAMES[record.kind], record.region.name, ...ownFacts(record), `${record.publishedAt}发布`]
  return `${facts.filter((fact) => fact !== undefined).join('，')}。来源：${record.source.name}。`
}

function ownFacts(record: ContentRecord): (string | undefined)[] {
  switch (record.kind) {
    case 'article':
      return [record.column, record.author]
    case 'project':
      return [
        record.stage,
        record.industry && industryName(record.industry),
        record.investor && `投资方${record.investor}`,
        withNumber(record.totalInvestment, (sum) => `总投资${sum}万元`),
        record.site,
      ]
    case 'policy':
      return [
        record.docType,
        record.documentNo,
        record.issuer,
        record.validTo && `有效期至${record.validTo}`,
        withNumber(record.supportMax, (sum) => `最高支持${sum}万元`),
      ]
    case 'park':
      return [
        record.level,
        record.address,
        withNumber(record.areaKm2, (area) => `面积${area}平方公里`),
        record.leadingIndustries?.length ? `主导产业${record.leadingIndustries.join('、')}` : undefined,
      ]
    case 'listing':
      return [TYPE_NAMES[record.type], record.status, priceText(record), areaText(record), record.address]
    case 'guide':
      return [record.track, ...record.steps.map(({ title }) => title)]
  }
}

function priceText(listing: Listing): string | undefined {
  if (listing.price !== undefined) return `${number.format(listing.price.amount)} ${listing.price.unit}`
  return listing.type === 'land' ? withNumber(listing.startingPrice, (sum) => `起始价${sum}万元`) : undefined
}

function areaText({ area }: Pick<Listing, 'area'>): string | undefined {
  if (area === undefined) return undefined
  const { min, max, unit } = area
  return max === undefined || max === min
    ? `${number.format(min)} ${unit}`
    : `${number.format(min)}–${number.format(max)} ${unit}`
}

function withNumber(value: number | undefined, say: (text: string) => string): string | undefined {
  return value === undefined ? undefined : say(number.format(value))
}
