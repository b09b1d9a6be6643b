import * as v from 'valibot'
import { line } from '../text.ts'
import { commonFields, OfficeContactSchema, positive } from './common.ts'

/** A point on the maps people use in China. Longitude and latitude in degrees, datum GCJ-02. */
export const LocationSchema = v.object({
  lng: v.pipe(v.number(), v.minValue(72), v.maxValue(138)),
  lat: v.pipe(v.number(), v.minValue(0.8), v.maxValue(56)),
  datum: v.literal('GCJ-02'),
})
export type Location = v.InferOutput<typeof LocationSchema>

const PARK_LEVELS = ['国家级', '市级', '区级', '镇级'] as const

/** 产业园区: an industrial park. */
export const ParkSchema = v.object({
  ...commonFields,
  kind: v.literal('park'),
  address: v.optional(line(200)),
  location: v.optional(LocationSchema),
  areaKm2: v.optional(positive),
  leadingIndustries: v.optional(v.array(line(60))),
  level: v.optional(v.picklist(PARK_LEVELS)),
  contact: v.optional(OfficeContactSchema),
  transport: v.optional(v.array(line(200))),
})
export type Park = v.InferOutput<typeof ParkSchema>
