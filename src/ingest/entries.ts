import type { ContentRecord } from '#domain/record/record.ts'
import type { Policy } from '#domain/record/policy.ts'
import { docTypeOf } from './doc-type.ts'
import { outsideRegion } from './doubts.ts'
import { issuerOf } from './issuer.ts'
import { DOCUMENT_NO, type Item } from './items.ts'
import { commonFields, type PageFacts, settleDate, titleDoubt } from './page-facts.ts'
import { fullName, isIn } from './places.ts'
import { excerpt } from './refusal.ts'
import { regionOf } from './regions.ts'
import type { Doubt } from './result.ts'

/** A record made from an entry of a list: `reasons` hold it back, `remarks` do not. */
export interface Entry {
  record: ContentRecord
  reasons: Doubt[]
  remarks: Doubt[]
}

/** News about a project. Its title is all that is known; stage and investor are not guessed from it. */
export function projectEntry(item: Item, facts: PageFacts): Entry {
  const { title, publishedAt, reasons } = dated('project', item, facts)
  return {
    record: { ...withPage(commonFields('project', title, publishedAt, facts), item), kind: 'project' },
    reasons,
    remarks: [],
  }
}

export function policyEntry(item: Item, facts: PageFacts): Entry {
  const { title, publishedAt, reasons } = dated('policy', item, facts)
  const { issuer, level, doubt } = issuerOf(title)
  const documentNo = item.documentNo ?? DOCUMENT_NO.exec(title)?.[0]
  const record: Policy = {
    ...withPage(commonFields('policy', title, publishedAt, facts), item),
    kind: 'policy',
    docType: docTypeOf(title),
    ...(documentNo !== undefined && { documentNo }),
    ...(issuer !== undefined && { issuer }),
    ...(level !== undefined && { level }),
  }
  return { record, reasons, remarks: doubt ? [doubt] : [] }
}

/** A park. The template prints no date with it, so that it bears the page's. */
export function parkEntry(item: Item, facts: PageFacts): Entry {
  const title = item.title ?? UNTITLED
  const { publishedAt, doubts } = settleDate(item.date ?? facts.date, facts)
  const filed = parkRegion(item, facts)
  const place = filed.place ?? facts.place
  const outside = filed.doubts.length === 0 && place ? outsideRegion('park', title, place) : undefined
  const record = {
    ...withPage(commonFields('park', title, publishedAt, facts, filed.region), item),
    kind: 'park' as const,
  }
  return {
    record,
    reasons: [
      ...facts.doubts,
      ...missingTitle(item),
      ...doubts,
      ...titleDoubt(title),
      ...filed.doubts,
      ...(outside ? [outside] : []),
    ],
    remarks: [],
  }
}

const UNTITLED = '(标题缺失)'

function missingTitle(item: Item): Doubt[] {
  return item.title === undefined ? [{ code: 'title-missing', message: '列表中有一项没有标题，请对照原页补上' }] : []
}

function dated(
  kind: 'project' | 'policy',
  item: Item,
  facts: PageFacts,
): { title: string; publishedAt: string; reasons: Doubt[] } {
  const { publishedAt, doubts } = settleDate(item.date, facts)
  const title = item.title ?? `${UNTITLED} ${publishedAt}`
  const outside = facts.place && outsideRegion(kind, title, facts.place)
  return {
    title,
    publishedAt,
    reasons: [...facts.doubts, ...missingTitle(item), ...doubts, ...titleDoubt(title), ...(outside ? [outside] : [])],
  }
}

/** The region an entry prints, which may be narrower than the page's. */
function parkRegion(item: Item, facts: PageFacts): Pick<PageFacts, 'region' | 'place' | 'doubts'> {
  const { region: reading } = item
  const held = (code: string, message: string): Pick<PageFacts, 'region' | 'place' | 'doubts'> => ({
    region: facts.region,
    ...(facts.place && { place: facts.place }),
    doubts: [{ code, message }],
  })
  if (reading === undefined) return held('region-missing', '没有标明所属地区，请补上后再发布')
  if (reading.state !== 'found') {
    if (facts.place === undefined) return { region: facts.region, doubts: [] }
    return held('region-unknown', `标明的地区“${excerpt(reading.text)}”无法确定，请核对后再发布`)
  }
  if (facts.place && !isIn(facts.place, reading.place) && !isIn(reading.place, facts.place)) {
    const { region, doubts } = held(
      'outside-region',
      `标明的地区“${fullName(reading.place)}”不在所属地区“${fullName(facts.place)}”（${facts.place.code}）之内，请核对后再发布`,
    )
    return { region, place: reading.place, doubts }
  }
  const narrower = facts.place === undefined || isIn(facts.place, reading.place)
  return {
    region: narrower ? reading.region : regionOf(facts.place ?? reading.place),
    place: reading.place,
    doubts: [],
  }
}

function withPage<T extends { source: ContentRecord['source'] }>(fields: T, { href }: Item): T {
  return href === undefined ? fields : { ...fields, source: { ...fields.source, url: href } }
}

/** One record for each title: entries that stand twice become one, and those that contradict themselves wait. */
export function mergeEntries(entries: readonly Entry[]): Entry[] {
  const merged = new Map<string, Entry>()
  for (const entry of entries) {
    const known = merged.get(entry.record.id)
    if (known === undefined || (known.reasons.length > 0 && entry.reasons.length === 0))
      merged.set(entry.record.id, entry)
    else if (
      known.reasons.length === 0 &&
      entry.reasons.length === 0 &&
      known.record.publishedAt !== entry.record.publishedAt
    ) {
      const message = `同一标题出现两个日期(${known.record.publishedAt}、${entry.record.publishedAt}),请核对后再发布`
      merged.set(entry.record.id, { ...known, reasons: [{ code: 'date-conflict', message }] })
    }
  }
  return [...merged.values()]
}
