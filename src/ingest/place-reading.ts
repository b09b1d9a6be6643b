import { isIn, type Place } from './places.ts'
import { namesAt } from './place-names.ts'

/** One way of reading a chain of place names: 江苏-苏州-昆山市. */
export interface PlaceReading {
  /** The innermost place named. */
  place: Place
  /** Index behind the last name. */
  end: number
  /** How many names were read; a municipality may stand twice (北京市北京市朝阳区). */
  names: number
  /** How many levels were named. */
  levels: number
  /** Whether the innermost name says what kind of place it is. */
  full: boolean
  /** Whether any name of the chain does. */
  anyFull: boolean
}

/** Province, city and county, with one of them twice. */
const MAX_NAMES = 4

/** What stands between names, with the headings that statistics put below a municipality. */
const BETWEEN = /(?:[\s\-·•・/\\>|,、:;_→]|市辖区|(?:省|自治区)直辖县级行政区划)*/y

/** Index behind the separators that begin at an index. */
export function skipSeparators(folded: string, index: number): number {
  BETWEEN.lastIndex = index
  return index + (BETWEEN.exec(folded)?.[0].length ?? 0)
}

/**
 * Every way of reading place names that begin at an index, each name inside the one before it.
 * @param folded as `fold` makes it
 */
export function readPlaces(folded: string, index: number): PlaceReading[] {
  return namesAt(folded, index).flatMap(({ text, place, full }) =>
    continued(folded, { place, end: index + text.length, names: 1, levels: 1, full, anyFull: full }),
  )
}

function continued(folded: string, reading: PlaceReading): PlaceReading[] {
  const inner = namesAt(folded, skipSeparators(folded, reading.end)).filter(({ place }) => isIn(reading.place, place))
  if (reading.names >= MAX_NAMES) return [reading]
  return [
    reading,
    ...inner.flatMap(({ text, place, full }) =>
      continued(folded, {
        place,
        end: skipSeparators(folded, reading.end) + text.length,
        names: reading.names + 1,
        levels: reading.levels + (place === reading.place ? 0 : 1),
        full,
        anyFull: reading.anyFull || full,
      }),
    ),
  ]
}
