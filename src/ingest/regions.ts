import { JIADING, JIADING_TOWNS } from '#domain/jiading.ts'
import type { Region } from '#domain/region.ts'
import { clean, fold } from './fold.ts'
import { fullName, isIn, type Place } from './places.ts'
import { type PlaceReading, readPlaces, skipSeparators } from './place-reading.ts'

/** What a region line says. */
export type RegionReading =
  | { state: 'found'; region: Region; place: Place; /** A town or zone that has no code of its own. */ rest: string }
  | { state: 'ambiguous'; text: string; candidates: Place[]; rest: string }
  /** `nearest`: the larger place that could be read, if any. */
  | { state: 'unknown'; text: string; nearest?: Place }

/** Towns, and zones that are run like a district without being one in GB/T 2260. */
const BELOW_COUNTY =
  /(镇|乡|街道|苏木|新区|新城|开发区|高新区|经开区|示范区|保税区|自贸区|功能区|度假区|合作区|试验区|片区|园区|工业区|科学城)$/

export function regionOf(place: Place): Region {
  return { code: place.code, name: fullName(place) }
}

/**
 * Reads a region as pages write it: 上海-嘉定区, 江苏省苏州市昆山市, 内蒙古-呼和浩特-新城区, with or without 省, 市, 区.
 * A name that several places bear is resolved by the larger places named with it, and otherwise reported as ambiguous.
 */
export function readRegion(value: string): RegionReading {
  const text = clean(value).trim()
  const folded = fold(text)
  const start = skipSeparators(folded, /^\s*(中国|全国|中华人民共和国)(?=.)/.exec(folded)?.[0].length ?? 0)
  const readings = readPlaces(folded, start)
  const whole = settle(readings.filter(({ end }) => skipSeparators(folded, end) === folded.length))
  if (whole.length > 1) return { state: 'ambiguous', text, candidates: whole, rest: '' }
  if (whole[0]) return { state: 'found', region: regionOf(whole[0]), place: whole[0], rest: '' }
  const furthest = Math.max(...readings.map(({ end }) => end))
  const partial = settle(readings.filter(({ end }) => end === furthest))
  const [place] = partial
  const rest = text.slice(skipSeparators(folded, furthest))
  if (place === undefined) return { state: 'unknown', text }
  if (!BELOW_COUNTY.test(fold(rest)) || rest.length > 12) return { state: 'unknown', text, nearest: place }
  if (partial.length > 1) return { state: 'ambiguous', text, candidates: partial, rest }
  return { state: 'found', region: withTown(place, rest), place, rest }
}

function withTown(place: Place, rest: string): Region {
  const region = regionOf(place)
  if (region.code !== JIADING.code) return region
  const town = Object.entries(JIADING_TOWNS).find(([, name]) => name === fold(rest))
  return town ? { code: region.code + town[0], name: region.name + town[1] } : region
}

/** The places that readings of the same text may mean: none, one, or several that only a person can tell apart. */
function settle(readings: PlaceReading[]): Place[] {
  const mostLevels = Math.max(...readings.map(({ levels }) => levels))
  const chained = readings.filter(({ levels }) => levels === mostLevels)
  const full = chained.filter((reading) => reading.full)
  const places = [...new Set((full.length > 0 ? full : chained).map(({ place }) => place))]
  const province = places.find(({ parent }) => parent === undefined)
  if (province) return [province]
  return places.filter((place) => !places.some((other) => other !== place && isIn(other, place)))
}
