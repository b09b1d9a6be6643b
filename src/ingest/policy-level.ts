import type { Policy } from '#domain/record/policy.ts'
import type { NamedPlace } from './named-place.ts'
import type { Place } from './places.ts'

export type PolicyLevel = NonNullable<Policy['level']>

const MUNICIPALITIES = new Set(['110000', '120000', '310000', '500000'])
const NATIONAL = /^(国务院|中共中央|中华人民共和国|国家|财政部|工业和信息化部|商务部|科学技术部|科技部|海关总署)/

/**
 * The level of the body that issues: 市 for municipalities and prefectures, 区 for counties and districts, 镇 below them.
 * Provinces have no level of their own in the list, so that theirs stays open.
 * @param organ folded name of the body
 */
export function levelOf(place: NamedPlace | undefined, organ: string): PolicyLevel | undefined {
  if (NATIONAL.test(organ)) return '国家'
  if (/(镇|乡)(人民)?政府|街道办事处/.test(organ)) return '镇'
  const levels = new Set(place?.places.map(placeLevel))
  return levels.size === 1 ? [...levels][0] : undefined
}

function placeLevel({ code }: Place): PolicyLevel | undefined {
  if (code.endsWith('0000')) return MUNICIPALITIES.has(code) ? '市' : undefined
  return code.endsWith('00') ? '市' : '区'
}
