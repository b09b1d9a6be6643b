import { otherRent } from '#domain/measures.ts'
import type { ShortRecord } from '#domain/record/list-item.ts'
import type { Translate } from '../../locales/locale.ts'
import { quantity } from '../../format.ts'
import { type Fact, withUnit } from '../record/facts.ts'
import { areaText, priceText } from './listing-text.ts'

type Listing = ShortRecord<'listing'>
type ListingOf<T extends Listing['type']> = Extract<Listing, { type: T }>

/** The facts of a listing in the order people ask for them; what is missing is left undefined. */
export function listingFacts(listing: Listing, t: Translate): Fact[] {
  const common = [
    { label: t('listing.status'), value: t(`words.${listing.status}`), ...checked(listing, t) },
    price(listing, t),
    { label: t('listing.area'), value: areaText(listing) },
    { label: t('listing.address'), value: listing.address },
  ]
  switch (listing.type) {
    case 'factory':
      return [...common, ...factory(listing, t)]
    case 'land':
      return [...common, ...land(listing, t)]
    case 'office':
      return [...common, ...office(listing, t)]
  }
}

function checked(listing: Listing, t: Translate): { note?: string } {
  return listing.verifiedAt === undefined ? {} : { note: t('listing.verifiedAt', { date: listing.verifiedAt }) }
}

function price(listing: Listing, t: Translate): Fact {
  const other = listing.price && otherRent(listing.price)
  const fact = { label: t('listing.price'), value: priceText(listing) }
  return other === undefined
    ? fact
    : { ...fact, note: t('listing.otherRent', { price: `${quantity(other.amount)} ${other.unit}` }) }
}

const yesNo = (value: boolean | undefined, t: Translate) =>
  value === undefined ? undefined : t(value ? 'listing.yes' : 'listing.no')

/** One value per floor, from the ground floor up; a single value stands alone. */
function perFloor(values: readonly number[] | undefined, unit: string, t: Translate): string | undefined {
  if (values === undefined || values.length === 0) return undefined
  if (values.length === 1) return withUnit(values[0], unit, quantity)
  return values
    .map((value, index) => t('listing.floor', { floor: index + 1, value: `${quantity(value)} ${unit}` }))
    .join('\n')
}

function factory(listing: ListingOf<'factory'>, t: Translate): Fact[] {
  const lifts = listing.goodsLifts
  const liftTonnes = withUnit(listing.goodsLiftTonnes, 't', quantity)
  return [
    { label: t('listing.floorHeights'), value: perFloor(listing.floorHeights, 'm', t) },
    { label: t('listing.floorLoads'), value: perFloor(listing.floorLoads, 't/㎡', t) },
    { label: t('listing.columnGrid'), value: listing.columnGrid },
    { label: t('listing.powerKva'), value: withUnit(listing.powerKva, 'kVA', quantity) },
    { label: t('listing.crane'), value: withUnit(listing.craneTonnes, 't', quantity) },
    {
      label: t('listing.goodsLifts'),
      value:
        lifts === undefined
          ? undefined
          : [t('listing.lifts', { count: lifts }), liftTonnes].filter(Boolean).join(' · '),
    },
    {
      label: t('listing.loadingDocks'),
      value: listing.loadingDocks === undefined ? undefined : String(listing.loadingDocks),
    },
    {
      label: t('listing.fireClass'),
      value: listing.fireClass && t('listing.fireClassOf', { fireClass: listing.fireClass }),
    },
    { label: t('listing.registrable'), value: yesNo(listing.registrable, t) },
    { label: t('listing.eiaPossible'), value: yesNo(listing.eiaPossible, t) },
    { label: t('listing.landClass'), value: listing.landClass },
    { label: t('listing.efficiency'), value: withUnit(listing.efficiency, '%', quantity) },
  ]
}

function land(listing: ListingOf<'land'>, t: Translate): Fact[] {
  const windows = listing.windows ?? {}
  const window = (value: { from: string; to: string } | undefined) => value && `${value.from} – ${value.to}`
  return [
    { label: t('listing.noticeNo'), value: listing.noticeNo },
    { label: t('listing.plotNo'), value: listing.plotNo },
    { label: t('listing.landUse'), value: listing.landUse },
    {
      label: t('listing.termYears'),
      value: listing.termYears === undefined ? undefined : t('listing.years', { count: listing.termYears }),
    },
    { label: t('listing.plotRatio'), value: listing.plotRatio },
    { label: t('listing.startingPrice'), value: withUnit(listing.startingPrice, '万元', quantity) },
    { label: t('listing.deposit'), value: withUnit(listing.deposit, '万元', quantity) },
    { label: t('listing.windows.notice'), value: window(windows.notice) },
    { label: t('listing.windows.registration'), value: window(windows.registration) },
    { label: t('listing.windows.depositDue'), value: window(windows.depositDue) },
    { label: t('listing.windows.bidding'), value: window(windows.bidding) },
  ]
}

function office(listing: ListingOf<'office'>, t: Translate): Fact[] {
  return [
    { label: t('listing.desks'), value: listing.desks === undefined ? undefined : String(listing.desks) },
    { label: t('listing.efficiency'), value: withUnit(listing.efficiency, '%', quantity) },
    { label: t('listing.serviceCharge'), value: withUnit(listing.serviceCharge, '元/㎡·月', quantity) },
    { label: t('listing.airConditioning'), value: listing.airConditioning },
    { label: t('listing.registrable'), value: yesNo(listing.registrable, t) },
  ]
}
