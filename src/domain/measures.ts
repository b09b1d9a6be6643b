import type { PriceUnit } from './record/listing.ts'

/** A month of rent in days, averaged over the year. Say so where a converted rent is shown. */
const RENT_MONTH_DAYS = 365 / 12

/**
 * The same rent in the other unit of time.
 * @param price a rent per day or per month
 * @returns the counterpart, or undefined for prices that are not rents
 */
export function otherRent(price: { amount: number; unit: PriceUnit }): { amount: number; unit: PriceUnit } | undefined {
  if (price.unit === '元/㎡·天') return { amount: price.amount * RENT_MONTH_DAYS, unit: '元/㎡·月' }
  if (price.unit === '元/㎡·月') return { amount: price.amount / RENT_MONTH_DAYS, unit: '元/㎡·天' }
  return undefined
}
