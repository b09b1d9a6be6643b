import * as v from 'valibot'
import { OwnPath, PictureAddress, SafeLink, Sha256Hex } from './text.ts'

/** A run of text. Marks and a link are all that inline text may carry; there is no raw HTML anywhere. */
const SpanSchema = v.object({
  text: v.string(),
  marks: v.optional(v.array(v.picklist(['strong', 'emphasis']))),
  href: v.optional(SafeLink),
})
export type Span = v.InferOutput<typeof SpanSchema>

const Spans = v.array(SpanSchema)

/** A picture at one width and in one format, made from the original at publishing time. */
const VariantSchema = v.object({
  src: OwnPath,
  /** Pixels. */
  width: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Media type. A format that this release does not know is left to the browser. */
  type: v.pipe(v.string(), v.regex(/^image\/[\w.+-]+$/)),
  /** Size of the file, where it is known. */
  bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
})
export type Variant = v.InferOutput<typeof VariantSchema>

/** A picture. `src` is a path of this site, or the address at the source, which is shown as a link only. */
export const ImageSchema = v.object({
  src: PictureAddress,
  alt: v.string(),
  caption: v.optional(v.string()),
  width: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  height: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  variants: v.optional(v.array(VariantSchema)),
})
export type Image = v.InferOutput<typeof ImageSchema>

/** A document that belongs to a record; size in bytes where it is known. */
export const AttachmentSchema = v.object({
  title: v.pipe(v.string(), v.nonEmpty()),
  url: SafeLink,
  mediaType: v.optional(v.string()),
  bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  sha256: v.optional(Sha256Hex),
})
export type Attachment = v.InferOutput<typeof AttachmentSchema>

const BlockSchema = v.variant('type', [
  v.object({ type: v.literal('heading'), level: v.picklist([2, 3, 4]), text: Spans }),
  v.object({ type: v.literal('paragraph'), text: Spans }),
  v.object({ type: v.literal('list'), ordered: v.boolean(), items: v.array(Spans) }),
  v.object({
    type: v.literal('table'),
    caption: v.optional(v.string()),
    header: v.array(Spans),
    rows: v.array(v.array(Spans)),
  }),
  v.object({ type: v.literal('image'), image: ImageSchema }),
  v.object({ type: v.literal('quote'), text: Spans }),
])
export type Block = v.InferOutput<typeof BlockSchema>
export type HeadingBlock = Extract<Block, { type: 'heading' }>

export const BodySchema = v.array(BlockSchema)
