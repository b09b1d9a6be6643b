import type { Offer, Place, Product, PropertyValue, RealEstateListing } from 'schema-dts'
import type { Listing } from '#domain/record/listing.ts'
import { recordPath } from '#domain/record/kind.ts'
import { addressOf } from '../site.ts'
import { known } from './known.ts'
import { pageAddress, partId, type RecordPage, writtenWork } from './record-page.ts'
import { geoCoordinates, postalAddress } from './place.ts'
import { businessFunction, priceSpecification } from './price.ts'

/** 公告中 is left out: a plot that is announced can be bid for on other days, which the page tells. */
const AVAILABILITY = {
  可租: 'https://schema.org/InStock',
  已预订: 'https://schema.org/Reserved',
  已租: 'https://schema.org/SoldOut',
  已成交: 'https://schema.org/SoldOut',
  公告中: undefined,
} as const

/**
 * 房源地块 as schema.org/RealEstateListing: the page, about a Place, with an Offer of it. An Offer can be of a Product but not
 * of a Place, so that the one thing stands under one `@id` as both (schema.org/docs/hotels.html, "multi-typed entity").
 */
export function listingThing(page: RecordPage<Listing>): RealEstateListing {
  const { record } = page
  return known({
    '@type': 'RealEstateListing',
    '@id': pageAddress(page),
    ...writtenWork(page),
    name: record.title,
    datePosted: record.publishedAt,
    lastReviewed: record.verifiedAt,
    about: place(page),
    mainEntity: offer(page),
  })
}

function place(page: RecordPage<Listing>): Place {
  const { record, origin } = page
  return known({
    '@type': 'Place',
    '@id': partId(page, 'space'),
    address: postalAddress(record.region, record.address),
    geo: record.location === undefined ? undefined : geoCoordinates(record.location),
    containedInPlace:
      record.park === undefined
        ? undefined
        : { '@id': `${addressOf(origin, recordPath({ kind: 'park', id: record.park }))}#place` },
  })
}

function offer(page: RecordPage<Listing>): Offer {
  const { record } = page
  return known({
    '@type': 'Offer',
    '@id': partId(page, 'offer'),
    url: pageAddress(page),
    availability: AVAILABILITY[record.status],
    businessFunction: businessFunction(record),
    priceSpecification: priceSpecification(record),
    itemOffered: space(page),
  })
}

function space(page: RecordPage<Listing>): Product {
  const { record } = page
  return known({
    '@type': 'Product',
    '@id': partId(page, 'space'),
    name: record.title,
    additionalProperty: record.area === undefined ? undefined : areaProperty(record.area),
  })
}

/** `MTK` is the square metre of UN/CEFACT Recommendation 20, which has no 亩. */
function areaProperty({ min, max, unit }: NonNullable<Listing['area']>): PropertyValue {
  const size = max === undefined || max === min ? { value: min } : { minValue: min, maxValue: max }
  return {
    '@type': 'PropertyValue',
    name: '面积',
    ...size,
    ...(unit === '㎡' ? { unitCode: 'MTK' } : { unitText: unit }),
  }
}
