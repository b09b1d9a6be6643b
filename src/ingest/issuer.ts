import type { PolicyLevel } from './policy-level.ts'
import { clean, fold } from './fold.ts'
import { leadingPlace, type NamedPlace } from './named-place.ts'
import { excerpt } from './refusal.ts'
import { isIn, fullName } from './places.ts'
import type { Doubt } from './result.ts'
import { levelOf } from './policy-level.ts'

export interface Issuer {
  issuer?: string
  level?: PolicyLevel
  /** Why an issuer that the title names was not taken over. */
  doubt?: Doubt
}

const ORGAN =
  /(人民政府(办公[室厅])?|政府办公[室厅]|管理委员会|管委会|委员会|办公[室厅]|[局厅委部署]|总局|分局|中心|街道办事处|国务院|法院|检察院|税务局|银行|海关)$/
/** Titles are shorter; what is longer is no title. */
const LONGEST = 300
const ISSUES = /(?:关于|印发|转发|发布)/

/** Who issued a document, as far as its title says so without doubt: 上海市嘉定区人民政府办公室 关于…. */
export function issuerOf(title: string): Issuer {
  const text = clean(title).trim().slice(0, LONGEST)
  const folded = fold(text)
  const end = ISSUES.exec(folded)?.index ?? -1
  if (end <= 0) return {}
  const organ = text.slice(0, end).trim()
  const place = leadingPlace(organ)
  if (!ORGAN.test(fold(organ)) || organ.length > 80) return levelFrom(place, fold(organ))
  const subject = subjectPlace(text.slice(end))
  const doubt = place && subject && misfit(organ, place, subject)
  return doubt ? { doubt } : { issuer: organ, ...levelFrom(place, fold(organ)) }
}

function levelFrom(place: NamedPlace | undefined, organ: string): Issuer {
  const level = levelOf(place, organ)
  return level === undefined ? {} : { level }
}

/** The place whose document it is: the one that the document's own name begins with. */
function subjectPlace(rest: string): NamedPlace | undefined {
  const name = /《([^》]{2,})/.exec(rest)?.[1]
  return name === undefined ? undefined : leadingPlace(name)
}

/**
 * A district's document is the district's; one of a larger place may be passed on below, so only the other ways are
 * odd.
 */
function misfit(organ: string, issuer: NamedPlace, subject: NamedPlace): Doubt | undefined {
  const fits = issuer.places.some((place) => subject.places.some((theirs) => isIn(theirs, place)))
  const [subjectAt] = subject.places
  if (fits || subjectAt === undefined) return undefined
  return {
    code: 'issuer-misfit',
    message: `发文机关“${excerpt(organ)}”与文件所属的“${fullName(subjectAt)}”不符，发文机关未收录，请核对原文`,
  }
}
