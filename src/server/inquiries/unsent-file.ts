import * as v from 'valibot'
import { ReceiptSchema } from '#domain/inquiry/receipt.ts'
import { Sha256Hex } from '#domain/text.ts'

/** A request as the phone's 导出未发送 writes it. */
export const UnsentRequestSchema = v.object({
  state: v.optional(v.string()),
  contentDigest: v.string(),
  /** The text whose UTF-8 bytes have the digest. */
  body: v.string(),
  /** What it got before the server was restored; one that cannot be read is as good as none. */
  receipt: v.fallback(v.optional(ReceiptSchema), undefined),
  attachments: v.optional(
    v.pipe(
      v.array(
        v.object({
          sha256: Sha256Hex,
          name: v.string(),
          type: v.string(),
          base64: v.pipe(v.string(), v.base64()),
        }),
      ),
      v.maxLength(100),
    ),
    [],
  ),
})
export type UnsentRequest = v.InferOutput<typeof UnsentRequestSchema>

/** The file: each request is read by itself, so that a bad one keeps none of the others out. */
const UnsentFileSchema = v.object({
  app: v.literal('luodi'),
  requests: v.record(v.string(), v.unknown()),
  unreadable: v.optional(v.array(v.unknown()), []),
})

/**
 * Reads the file that a phone's 导出未发送 writes.
 * @returns undefined when it is none
 */
export function parseUnsentFile(bytes: Uint8Array): v.InferOutput<typeof UnsentFileSchema> | undefined {
  let json: unknown
  try {
    // A byte order mark, as editors leave it, is no part of it.
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
  const file = v.safeParse(UnsentFileSchema, json)
  return file.success ? file.output : undefined
}
