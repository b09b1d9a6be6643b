import type { RecordKind } from '#domain/record/kind.ts'
import { fold } from './fold.ts'
import {
  bracketedPlace,
  describePlaces,
  leadingCity,
  leadingPlace,
  leadingZone,
  locatedPlace,
  type NamedPlace,
  touches,
} from './named-place.ts'
import { namesAt } from './place-names.ts'
import { fullName, isIn, type Place } from './places.ts'
import type { Doubt } from './result.ts'

/** Firms and institutes carry the name of where they were founded. */
const ORGANISATION = /^.{0,20}?(公司|集团|银行|大学|学院|研究院|研究所|设计院|协会|商会|医院|基金)/

/**
 * Whether a title names a place outside the region its page files it under. A park lies where its name says; news may
 * name other places beside the page's own, and firms from anywhere.
 */
export function outsideRegion(kind: RecordKind, title: string, region: Place): Doubt | undefined {
  const named = kind === 'park' ? outsidePark(title, region) : outsideOther(kind, title, region)
  if (named === undefined) return undefined
  const where = `标题中的地名“${named.text}”（${describePlaces(named.places)}）`
  const message = `${where}不在所属地区“${fullName(region)}”（${region.code}）之内，请核对后再发布`
  return { code: 'outside-region', message }
}

function outsidePark(title: string, region: Place): NamedPlace | undefined {
  const name = title.replace(/^[《“"【[（(]+/, '')
  const named = [
    leadingPlace(name),
    leadingZone(name, region),
    leadingCity(name, region),
    locatedPlace(title),
    bracketedPlace(title),
  ]
  return named.find((place) => place !== undefined && !touches(place, region))
}

function outsideOther(kind: RecordKind, title: string, region: Place): NamedPlace | undefined {
  const document = kind === 'policy' ? /《([^》]+)》/.exec(title)?.[1] : undefined
  const zone = kind === 'policy' ? leadingZone(title, region) : undefined
  const named = [leadingPlace(title), zone, document === undefined ? undefined : leadingPlace(document)]
  const outside = named.find((place) => place !== undefined && !touches(place, region))
  if (outside === undefined || kind === 'policy') return outside
  const rest = title.slice(outside.text.length)
  return mentions(title, region) || ORGANISATION.test(fold(rest)) ? undefined : outside
}

/** Whether a title names the region, or a place in it or around it, under any of its names. */
function mentions(title: string, region: Place): boolean {
  const folded = fold(title.slice(0, 200))
  return [...folded].some((_, index) =>
    namesAt(folded, index).some(({ place }) => isIn(place, region) && place.parent !== undefined),
  )
}
