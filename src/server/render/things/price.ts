import type { PriceSpecification } from 'schema-dts'
import type { Listing, PriceUnit } from '#domain/record/listing.ts'

/** How many yuan one of the price's money is, and what the price is for. A price without `per` is for the whole. */
const UNITS: Readonly<Record<PriceUnit, { yuan: number; per?: string; rent?: true }>> = {
  '元/㎡·天': { yuan: 1, per: '㎡·天', rent: true },
  '元/㎡·月': { yuan: 1, per: '㎡·月', rent: true },
  '万元/亩': { yuan: 10_000, per: '亩' },
  万元: { yuan: 10_000 },
}

/**
 * A listing's price in yuan, as published and with its unit: no rent is converted, none is multiplied by an area. A plot
 * without a price has its starting price, which is the least that it may cost.
 * @returns undefined where no price is known
 */
export function priceSpecification(listing: Listing): PriceSpecification | undefined {
  if (listing.price !== undefined) {
    const { yuan, per } = UNITS[listing.price.unit]
    const price = { price: inYuan(listing.price.amount, yuan), priceCurrency: 'CNY' }
    return per === undefined
      ? { '@type': 'PriceSpecification', ...price }
      : { '@type': 'UnitPriceSpecification', ...price, unitText: per }
  }
  if (listing.type !== 'land' || listing.startingPrice === undefined) return undefined
  const minPrice = inYuan(listing.startingPrice, UNITS['万元'].yuan)
  return { '@type': 'PriceSpecification', name: '起始价', minPrice, priceCurrency: 'CNY' }
}

/** What has a rent is leased out (GoodRelations, which schema.org/businessFunction names). Of the rest nothing is said. */
export function businessFunction({ price }: Pick<Listing, 'price'>) {
  const rent = price !== undefined && UNITS[price.unit].rent === true
  return rent ? { '@id': 'http://purl.org/goodrelations/v1#LeaseOut' } : undefined
}

/** To the cent: 0.57 × 10,000 is 5699.999999999999 in binary. */
function inYuan(amount: number, yuan: number): number {
  return Math.round(amount * yuan * 100) / 100
}
