import { addDays } from '#domain/dates.ts'
import type { Image } from '#domain/body.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { type Dice, diceFor, oneOf } from './dice.ts'
import { guide, listing, park, policy, project, region } from './facts.ts'
import { body, sentence } from './text.ts'
import { PLACES, TAGS } from './vocabulary.ts'
import { phrase } from './words.ts'

/** The day before the first change: records were published up to here. */
const TODAY = '2026-10-31'
/** Days that records are spread over. */
const PAST_DAYS = 2000

interface SyntheticOptions {
  /** Another seed, other records. */
  seed: number
  /** Every fourth record shows some of these. */
  pictures?: readonly Image[]
}

/** Names one record, and a version of it. */
interface Version {
  /** The record's number, from 0. */
  n: number
  /** Day of the change that made this version; 0 is the first fill. */
  day?: number
  /** Whether it came into being on that day, rather than before the first fill. */
  isNew?: boolean
}

/** Id of a record, whatever the seed. */
export const syntheticId = (n: number): string => `synthetic-${n}`

/**
 * One invented record, all of it by seed, number and day alone: the same arguments give the same record, in any order and on any
 * machine. It is marked `sample`, and says so in its title. A version of a later day differs in its text and its time.
 */
export function syntheticRecord(
  { seed, pictures = [] }: SyntheticOptions,
  { n, day = 0, isNew = false }: Version,
): ContentRecord {
  const dice = diceFor(seed, n)
  const publishedAt = addDays(TODAY, isNew ? day : -dice(PAST_DAYS))
  const common = {
    id: syntheticId(n),
    title: `示例·${title(dice)}`,
    summary: sentence(dice),
    region: region(dice),
    tags: [...new Set([oneOf(dice, TAGS), oneOf(dice, TAGS)])],
    publishedAt,
    updatedAt: `${day === 0 ? publishedAt : addDays(TODAY, day)}T01:00:00.000Z`,
    source: { name: '示例数据（虚构）', retrievedAt: addDays(TODAY, day) },
    sample: true,
    images: shown(dice, pictures),
    attachments: [],
    body: body(dice),
  }
  const record = ofSomeKind(dice, common)
  return day === 0 || isNew ? record : revised(record, diceFor(seed, n, day))
}

/** Records 0 to `count` − 1 as of the first fill. */
export function* syntheticRecords(options: SyntheticOptions, count: number): Generator<ContentRecord> {
  for (let n = 0; n < count; n += 1) yield syntheticRecord(options, { n })
}

type Common = Omit<Extract<ContentRecord, { kind: 'article' }>, 'kind' | 'column' | 'author'>

/** Of a hundred records: 40 articles, 22 projects, 20 policies, 13 listings, 4 parks and a guide. */
function ofSomeKind(dice: Dice, common: Common): ContentRecord {
  const share = dice(100)
  if (share < 40) return { ...common, kind: 'article', ...(dice(2) === 0 ? { column: '示例栏目' } : {}) }
  if (share < 62) return { ...common, ...project(dice) }
  if (share < 82) return { ...common, ...policy(dice, common.publishedAt) }
  if (share < 95) return { ...common, ...listing(dice) }
  return share < 99 ? { ...common, ...park(dice) } : { ...common, ...guide(dice, common.publishedAt) }
}

function title(dice: Dice): string {
  return `${dice(3) === 0 ? oneOf(dice, PLACES) : ''}${phrase(dice, 3 + dice(3))}`
}

function shown(dice: Dice, pictures: readonly Image[]): Image[] {
  const first = dice(4) === 0 ? dice(64) : undefined
  if (first === undefined || pictures.length === 0) return []
  return pictures.slice(first % pictures.length, (first % pictures.length) + 2)
}

/** What a day's work changes: a paragraph, and of a listing whether it can still be had. */
function revised(record: ContentRecord, dice: Dice): ContentRecord {
  const text = [{ text: `更正：${sentence(dice)}${sentence(dice)}` }]
  const changed = { ...record, body: [...(record.body ?? []).slice(0, -1), { type: 'paragraph' as const, text }] }
  return changed.kind === 'listing' ? { ...changed, status: oneOf(dice, ['可租', '已预订', '已租']) } : changed
}
