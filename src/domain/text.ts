import * as v from 'valibot'

/** A calendar date, `YYYY-MM-DD`, that exists. */
export const IsoDate = v.pipe(
  v.string(),
  v.isoDate('date.format'),
  v.check((value) => new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true, 'date.format'),
)

/** An instant, RFC 3339 with an offset or `Z`. */
export const IsoInstant = v.pipe(
  v.string(),
  v.isoTimestamp('time.format'),
  v.check((value) => !Number.isNaN(Date.parse(value)), 'time.format'),
)

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const Sha256Hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'digest.format'))

/**
 * A trimmed, non-empty line of text.
 * @param max longest length accepted, in UTF-16 code units
 */
export const line = (max: number) =>
  v.pipe(v.string('text.required'), v.trim(), v.nonEmpty('text.required'), v.maxLength(max, 'text.tooLong'))

const SAFE_LINK = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i

/** A link that can never run script: http(s), mailto, tel, a path of this site, or a fragment. */
export const SafeLink = v.pipe(v.string(), v.maxLength(2048), v.regex(SAFE_LINK, 'link.unsafe'))
