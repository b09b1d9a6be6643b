import { addDays } from '#domain/dates.ts'
import { JIADING, JIADING_TOWNS } from '#domain/jiading.ts'
import type { commonFields } from '#domain/record/common.ts'
import { FIRE_CLASSES, type Listing } from '#domain/record/listing.ts'
import type { Guide } from '#domain/record/guide.ts'
import type { Park } from '#domain/record/park.ts'
import type { Policy } from '#domain/record/policy.ts'
import type { Project } from '#domain/record/project.ts'
import { DOC_TYPES, LISTING_STATUSES, PROJECT_STAGES, TRACKS } from '#domain/record/terms.ts'
import type { Region } from '#domain/region.ts'
import { type Dice, oneOf } from './dice.ts'
import { PLACES, TAGS } from './vocabulary.ts'
import { phrase, word } from './words.ts'

/** Fields of a kind, beside those that every record has; of each member of a union by itself. */
type Own<R> = R extends unknown ? Omit<R, keyof typeof commonFields> : never

const DIVISIONS = ['34', '35', '36', '38', '39', '40'] as const

/** The district, or one of its towns. */
export function region(dice: Dice): Region {
  const towns = Object.entries(JIADING_TOWNS)
  const [code = '', name = ''] = towns[dice(towns.length)] ?? []
  return dice(5) === 0 ? JIADING : { code: JIADING.code + code, name: `${JIADING.name}${name}` }
}

export function policy(dice: Dice, publishedAt: string): Own<Policy> {
  return {
    kind: 'policy',
    docType: oneOf(dice, DOC_TYPES),
    documentNo: `示例规〔${publishedAt.slice(0, 4)}〕${1 + dice(90)} 号`,
    issuer: `示例·${phrase(dice, 1)}办公室`,
    level: oneOf(dice, ['市', '区', '镇']),
    effectiveFrom: publishedAt,
    ...(dice(3) === 0 ? {} : { validTo: addDays(publishedAt, 365 * (1 + dice(5))) }),
    applicability: { industries: [oneOf(dice, TAGS)], scale: '不限' },
    supportMax: 10 * (1 + dice(50)),
    steps: [phrase(dice, 4), phrase(dice, 4), phrase(dice, 4)],
    materials: [phrase(dice, 3), phrase(dice, 3)],
  }
}

export function project(dice: Dice): Own<Project> {
  return {
    kind: 'project',
    stage: oneOf(dice, PROJECT_STAGES),
    investor: `示例·${word(dice)}有限公司`,
    totalInvestment: 100 * (1 + dice(5000)),
    industry: { section: 'C', division: oneOf(dice, DIVISIONS) },
    site: `${oneOf(dice, PLACES)}（示例）`,
  }
}

export function park(dice: Dice): Own<Park> {
  return {
    kind: 'park',
    address: `${oneOf(dice, PLACES)} ${1 + dice(999)} 号（示例）`,
    location: { lng: 121.15 + dice(20_000) / 100_000, lat: 31.3 + dice(15_000) / 100_000, datum: 'GCJ-02' },
    areaKm2: (1 + dice(90)) / 10,
    leadingIndustries: [oneOf(dice, TAGS)],
    level: oneOf(dice, ['国家级', '市级', '区级', '镇级']),
  }
}

export function listing(dice: Dice): Own<Listing> {
  const common = { kind: 'listing' as const, status: oneOf(dice, LISTING_STATUSES), address: oneOf(dice, PLACES) }
  const rent = { amount: (50 + dice(350)) / 100, unit: '元/㎡·天' as const }
  switch (dice(3)) {
    case 0:
      return {
        ...common,
        type: 'factory',
        price: rent,
        area: { min: 500 + 100 * dice(80), unit: '㎡' },
        floorHeights: [6 + dice(6), 4.5],
        floorLoads: [2 + dice(3), 1],
        powerKva: 200 * (1 + dice(10)),
        fireClass: oneOf(dice, FIRE_CLASSES),
        registrable: dice(2) === 0,
        eiaPossible: dice(2) === 0,
      }
    case 1:
      return {
        ...common,
        type: 'land',
        area: { min: 10 + dice(200), unit: '亩' },
        plotNo: `示例-${1 + dice(99)}-${1 + dice(99)}`,
        landUse: '工业用地',
        termYears: 20 + 10 * dice(4),
        startingPrice: 100 * (1 + dice(200)),
      }
    default:
      return { ...common, type: 'office', price: rent, desks: 4 + dice(200), efficiency: 60 + dice(30) }
  }
}

export function guide(dice: Dice, publishedAt: string): Own<Guide> {
  const step = () => ({ title: phrase(dice, 2), office: `示例·${word(dice)}窗口`, materials: [phrase(dice, 2)] })
  return { kind: 'guide', track: oneOf(dice, TRACKS), steps: [step(), step(), step()], verifiedAt: publishedAt }
}
