const MOBILE = /^1[3-9]\d{9}$/
/** Area codes have three digits from 01 and 02 and four from 03 to 09, and local numbers begin with 2 to 8 (工信部《电信网编号计划》). */
const LANDLINE = /^(?:010|02\d)[2-8]\d{7}$|^0[3-9]\d{2}[2-8]\d{6,7}$/
const SERVICE = /^[48]00\d{7}$/
/** E.164: a country code that does not begin with 0, fifteen digits at most. */
const INTERNATIONAL = /^\+(?!86)[1-9]\d{6,14}$/
const EXTENSION = /^(.*?\d)\s*(?:转|轉|分机|ext\.?|x|#|-)\s*(\d{1,6})$/i

/**
 * Reads a telephone number as people write it: mobile, landline with or without an extension, 400/800, or another
 * country's in E.164. Blanks, hyphens, brackets, full-width digits, `+86` and `0086` are understood.
 * @returns the number in one form — `13800138000`, `02169530000`, `02169530000-801`, `4008001234`, `+4930123456` —
 *   or undefined when it is none
 */
export function normalizePhone(input: string): string | undefined {
  const text = input.normalize('NFKC').trim()
  const whole = normalizeDigits(text)
  if (whole !== undefined) return whole
  const [, number, extension] = EXTENSION.exec(text) ?? []
  if (number === undefined || extension === undefined) return undefined
  const base = normalizeDigits(number)
  return base !== undefined && LANDLINE.test(base) ? `${base}-${extension}` : undefined
}

function normalizeDigits(text: string): string | undefined {
  const compact = text.replace(/[\s().\-‐-―]/g, '')
  const international = compact.replace(/^00(?=[1-9])/, '+')
  if (international.startsWith('+86')) return domestic(international.slice(3), true)
  if (international.startsWith('+')) return INTERNATIONAL.test(international) ? international : undefined
  return domestic(compact, false)
}

/**
 * A number within China. People leave out a landline's leading zero, after a country code above all; without one, eleven digits are a
 * mobile number with a slip.
 */
function domestic(digits: string, hasCountryCode: boolean): string | undefined {
  if (MOBILE.test(digits) || LANDLINE.test(digits) || SERVICE.test(digits)) return digits
  const isLandline = /^(?:10|[2-9]\d)\d{7,9}$/.test(digits) && LANDLINE.test(`0${digits}`)
  return isLandline && (hasCountryCode || digits.length < 11) ? `0${digits}` : undefined
}
