import * as v from 'valibot'
import { IndustrySchema } from '../industry.ts'
import { TRACKS } from '../record/terms.ts'
import { AREA_UNITS, FIRE_CLASSES } from '../record/listing.ts'
import { LISTING_TYPES } from '../record/terms.ts'
import { isReachable } from './contact.ts'
import { Email, formLine, Message, OrganisationName, PersonName, Phone, Quantity, Uscc } from './fields.ts'

export const COMPANY_STAGES = ['已注册', '筹建中', '境外企业'] as const
export const CURRENCIES = ['CNY', 'USD', 'EUR', 'JPY', 'HKD'] as const
export const START_WINDOWS = ['三个月内', '半年内', '一年内', '一年以后', '未定'] as const

const SpaceSchema = v.pipe(
  v.object({
    type: v.optional(v.picklist(LISTING_TYPES)),
    areaMin: v.optional(Quantity),
    areaMax: v.optional(Quantity),
    areaUnit: v.optional(v.picklist(AREA_UNITS)),
    /** 承重, t/㎡ */
    floorLoad: v.optional(Quantity),
    /** 层高, m */
    height: v.optional(Quantity),
    /** 配电, kVA */
    powerKva: v.optional(Quantity),
    /** 火灾危险性类别 of the production */
    fireClass: v.optional(v.picklist(FIRE_CLASSES)),
  }),
  v.forward(
    v.partialCheck(
      [['areaMin'], ['areaMax']],
      ({ areaMin, areaMax }) => areaMin === undefined || areaMax === undefined || areaMax >= areaMin,
      'range.order',
    ),
    ['areaMax'],
  ),
)

/** Fields of 企业入驻. Required: the company's name, who is writing, and one way to answer. */
export const settlementFields = {
  company: v.object({
    name: OrganisationName,
    uscc: v.optional(Uscc),
    stage: v.optional(v.picklist(COMPANY_STAGES)),
    country: v.optional(formLine(60)),
  }),
  industry: v.optional(IndustrySchema),
  track: v.optional(v.picklist(TRACKS)),
  space: v.optional(SpaceSchema),
  /** In 万 (ten thousand) of the currency. */
  investment: v.optional(v.object({ amount: Quantity, currency: v.picklist(CURRENCIES) })),
  startWindow: v.optional(v.picklist(START_WINDOWS)),
  contact: v.pipe(
    v.object({
      name: PersonName,
      role: v.optional(formLine(60)),
      phone: v.optional(Phone),
      email: v.optional(Email),
    }),
    v.forward(v.partialCheck([['phone'], ['email']], isReachable, 'contact.reach'), ['phone']),
  ),
  message: v.optional(Message),
}

/** The fields of 企业入驻 alone, as the form checks them. */
export const SettlementFieldsSchema = v.object(settlementFields)
