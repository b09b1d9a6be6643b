import * as v from 'valibot'
import { AttachmentSchema, BodySchema, ImageSchema } from '../body.ts'
import { RegionSchema } from '../region.ts'
import { IsoDate, IsoInstant, line, WebAddress } from '../text.ts'

/** A stable name that is safe in a URL. */
export const RecordId = v.pipe(v.string(), v.regex(/^[a-z0-9](?:[a-z0-9-]{0,94}[a-z0-9])?$/, 'id.format'))

/** Where a record's facts come from. */
export const SourceSchema = v.object({
  name: line(120),
  url: v.optional(WebAddress),
  retrievedAt: IsoDate,
})

/** What every record has, whatever its kind. `sample: true` marks invented content (示例). */
export const commonFields = {
  id: RecordId,
  title: line(200),
  summary: v.pipe(v.string(), v.maxLength(600)),
  region: RegionSchema,
  tags: v.array(line(40)),
  publishedAt: IsoDate,
  updatedAt: IsoInstant,
  source: SourceSchema,
  sample: v.boolean(),
  images: v.array(ImageSchema),
  attachments: v.array(AttachmentSchema),
  body: v.optional(BodySchema),
}

/** A finite number above zero; the unit is the field's. */
export const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
/** A share of one hundred, 0–100. */
export const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100))

/** Somebody to ask. At least a name or one way of reaching them. */
export const OfficeContactSchema = v.pipe(
  v.object({
    name: v.optional(line(80)),
    phone: v.optional(line(40)),
    email: v.optional(v.pipe(v.string(), v.email())),
    address: v.optional(line(200)),
  }),
  v.check((contact) => Object.values(contact).some((value) => value !== undefined), 'contact.empty'),
)
