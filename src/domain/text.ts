import * as v from 'valibot'
import { plainLine } from './plain-text.ts'

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
 * A trimmed, non-empty line of text; what nobody can see is taken out of it.
 * @param max longest length accepted, in UTF-16 code units
 */
export const line = (max: number) =>
  v.pipe(
    v.string('text.required'),
    v.transform(plainLine),
    v.trim(),
    v.nonEmpty('text.required'),
    v.maxLength(max, 'text.tooLong'),
  )

/**
 * A path of this site. Browsers take `\` for `/` and drop tabs and line breaks before they look (WHATWG URL), so that `/\host`
 * and `/<tab>/host` lead to another site as `//host` does; a path that is written properly holds none of these.
 */
const OWN_PATH = /^\/(?!\/)[^\s\\\p{Cc}]*$/u
const WEB_ADDRESS = /^https?:\/\/[^\p{Cc}]+$/iu
const SAFE_LINK = union(OWN_PATH, WEB_ADDRESS, /^(mailto:|tel:|#)[^\p{Cc}]*$/iu)

function union(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'iu')
}

/** A path of this site, from its root. */
export const OwnPath = v.pipe(v.string(), v.maxLength(2048), v.regex(OWN_PATH, 'link.unsafe'))

/** An address on the web: http or https. */
export const WebAddress = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.regex(WEB_ADDRESS, 'link.unsafe'),
  v.url('link.unsafe'),
)

/** Where a picture is: a path of this site, or an address on the web. */
export const PictureAddress = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.regex(union(OWN_PATH, WEB_ADDRESS), 'link.unsafe'),
)

/** A link that can never run script: http(s), mailto, tel, a path of this site, or a fragment. */
export const SafeLink = v.pipe(v.string(), v.maxLength(2048), v.regex(SAFE_LINK, 'link.unsafe'))
