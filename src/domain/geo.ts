/** A point in degrees. Two points are only comparable in one datum. */
export interface Point {
  lng: number
  lat: number
}

/** Mean radius of the earth, m (IUGG). */
const EARTH_RADIUS_M = 6_371_008.8

const radians = (degrees: number) => (degrees * Math.PI) / 180

/**
 * Great-circle distance by the haversine formula, good to half a percent.
 * @returns metres
 */
export function distance(from: Point, to: Point): number {
  const dLat = radians(to.lat - from.lat)
  const dLng = radians(to.lng - from.lng)
  const a = Math.sin(dLat / 2) ** 2 + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(dLng / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a)))
}

/**
 * Initial bearing from one point to another.
 * @returns degrees clockwise from north, 0 ≤ bearing < 360
 */
export function bearing(from: Point, to: Point): number {
  const dLng = radians(to.lng - from.lng)
  const y = Math.sin(dLng) * Math.cos(radians(to.lat))
  const x =
    Math.cos(radians(from.lat)) * Math.sin(radians(to.lat)) -
    Math.sin(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.cos(dLng)
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360
}

/** The eight directions, in the order of `compassPoint`. */
const COMPASS = ['北', '东北', '东', '东南', '南', '西南', '西', '西北'] as const

/** The nearest of the eight directions to a bearing in degrees. */
export function compassPoint(degrees: number): (typeof COMPASS)[number] {
  return COMPASS[Math.round((((degrees % 360) + 360) % 360) / 45) % 8] ?? '北'
}
