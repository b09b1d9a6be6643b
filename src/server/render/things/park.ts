import type { Place, PropertyValue } from 'schema-dts'
import type { Park } from '#domain/record/park.ts'
import { recordDescription } from '../description.ts'
import { known } from './known.ts'
import { pageAddress, partId, pictures, type RecordPage } from './record-page.ts'
import { geoCoordinates, postalAddress } from './place.ts'

/** 产业园区 as schema.org/Place: nothing more special of it fits an industrial park. */
export function parkThing(page: RecordPage<Park>): Place {
  const { record } = page
  const facts = parkFacts(record)
  return known({
    '@type': 'Place',
    '@id': partId(page, 'place'),
    name: record.title,
    description: recordDescription(record),
    url: pageAddress(page),
    image: pictures(page),
    address: postalAddress(record.region, record.address),
    geo: record.location === undefined ? undefined : geoCoordinates(record.location),
    telephone: record.contact?.phone,
    additionalProperty: facts.length === 0 ? undefined : facts,
  })
}

/** Facts that schema.org has no property for. `KMK` is the square kilometre of UN/CEFACT Recommendation 20. */
function parkFacts({ areaKm2, level, leadingIndustries = [] }: Park): PropertyValue[] {
  const facts: PropertyValue[] = []
  if (areaKm2 !== undefined) facts.push({ '@type': 'PropertyValue', name: '面积', value: areaKm2, unitCode: 'KMK' })
  if (level !== undefined) facts.push({ '@type': 'PropertyValue', name: '级别', value: level })
  if (leadingIndustries.length > 0) {
    facts.push({ '@type': 'PropertyValue', name: '主导产业', value: leadingIndustries.join('、') })
  }
  return facts
}
