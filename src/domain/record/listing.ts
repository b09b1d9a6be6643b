import * as v from 'valibot'
import { IsoDate, line } from '../text.ts'
import { commonFields, percent, positive, RecordId } from './common.ts'
import { LocationSchema } from './park.ts'
import { LISTING_STATUSES } from './terms.ts'

const PRICE_UNITS = ['元/㎡·天', '元/㎡·月', '万元/亩', '万元'] as const
export type PriceUnit = (typeof PRICE_UNITS)[number]
export const AREA_UNITS = ['㎡', '亩'] as const

/** 火灾危险性类别 of GB 50016, from the most dangerous: a building that suits 甲 also suits 戊. */
export const FIRE_CLASSES = ['甲', '乙', '丙', '丁', '戊'] as const

/** Shanghai's classes of industrial land: inside a planned industrial area, inside the urban area, outside both. */
const LAND_CLASSES = ['104', '195', '198'] as const

const PriceSchema = v.object({ amount: positive, unit: v.picklist(PRICE_UNITS) })
const AreaSchema = v.pipe(
  v.object({ min: positive, max: v.optional(positive), unit: v.picklist(AREA_UNITS) }),
  v.check((area) => area.max === undefined || area.max >= area.min, 'range.order'),
)
const WindowSchema = v.pipe(
  v.object({ from: IsoDate, to: IsoDate }),
  v.check((window) => window.to >= window.from, 'range.order'),
)

const listingFields = {
  ...commonFields,
  kind: v.literal('listing'),
  /** Id of the park it stands in. */
  park: v.optional(RecordId),
  status: v.picklist(LISTING_STATUSES),
  price: v.optional(PriceSchema),
  area: v.optional(AreaSchema),
  /** Day on which somebody last checked that it is as described. */
  verifiedAt: v.optional(IsoDate),
  address: v.optional(line(200)),
  location: v.optional(LocationSchema),
}

const FactorySchema = v.object({
  ...listingFields,
  type: v.literal('factory'),
  /** 层高, m, from the ground floor up. */
  floorHeights: v.optional(v.array(positive)),
  /** 承重, t/㎡, from the ground floor up. */
  floorLoads: v.optional(v.array(positive)),
  /** 柱距, as drawn: `9 m × 9 m`. */
  columnGrid: v.optional(line(60)),
  /** 配电, kVA. */
  powerKva: v.optional(positive),
  /** 行车 */
  craneTonnes: v.optional(positive),
  /** 货梯: how many, and what one carries, t. */
  goodsLifts: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  goodsLiftTonnes: v.optional(positive),
  /** 卸货平台 */
  loadingDocks: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** The most dangerous class that the building is built for. */
  fireClass: v.optional(v.picklist(FIRE_CLASSES)),
  /** 可注册 */
  registrable: v.optional(v.boolean()),
  /** 可环评 */
  eiaPossible: v.optional(v.boolean()),
  landClass: v.optional(v.picklist(LAND_CLASSES)),
  /** 得房率, % */
  efficiency: v.optional(percent),
})

const LandSchema = v.object({
  ...listingFields,
  type: v.literal('land'),
  /** 公告号 */
  noticeNo: v.optional(line(80)),
  /** 地块编号 */
  plotNo: v.optional(line(80)),
  /** 用途 */
  landUse: v.optional(line(80)),
  /** 年限, years */
  termYears: v.optional(positive),
  /** 容积率 as published: a number or a range such as `1.2–2.0`. */
  plotRatio: v.optional(line(40)),
  /** 起始价, 万元 */
  startingPrice: v.optional(positive),
  /** 保证金, 万元 */
  deposit: v.optional(positive),
  /** 公告期, 报名期, 保证金到账期 and 挂牌竞买期 */
  windows: v.optional(
    v.object({
      notice: v.optional(WindowSchema),
      registration: v.optional(WindowSchema),
      depositDue: v.optional(WindowSchema),
      bidding: v.optional(WindowSchema),
    }),
  ),
})

const OfficeSchema = v.object({
  ...listingFields,
  type: v.literal('office'),
  /** 工位数 */
  desks: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** 得房率, % */
  efficiency: v.optional(percent),
  /** 物业费, 元/㎡·月 */
  serviceCharge: v.optional(positive),
  /** 空调 */
  airConditioning: v.optional(line(80)),
  /** 可注册 */
  registrable: v.optional(v.boolean()),
})

/** 房源地块: a plot, a plant or an office that can be had. */
export const ListingSchema = v.variant('type', [FactorySchema, LandSchema, OfficeSchema])
export type Listing = v.InferOutput<typeof ListingSchema>
