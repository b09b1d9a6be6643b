import type { ShortRecord } from '#domain/record/list-item.ts'
import { quantity } from '../../format.ts'

type Listing = ShortRecord<'listing'>

/** A listing's price with its unit; undefined when none is published. */
export function priceText(listing: Listing): string | undefined {
  if (listing.price !== undefined) return `${quantity(listing.price.amount)} ${listing.price.unit}`
  if (listing.type === 'land' && listing.startingPrice !== undefined) return `${quantity(listing.startingPrice)} 万元`
  return undefined
}

/** A listing's area or range of areas with its unit. */
export function areaText({ area }: Pick<Listing, 'area'>): string | undefined {
  if (area === undefined) return undefined
  const { min, max, unit } = area
  return max === undefined || max === min ? `${quantity(min)} ${unit}` : `${quantity(min)}–${quantity(max)} ${unit}`
}
