import { charactersOfGb2312 } from './gb2312.ts'
import { DIGITS, GAPS, TARGETS_HIGH, TARGETS_LOW } from './simplified-data.ts'

/** The CJK Unified Ideographs block, where all that is folded lies. */
export const FIRST_HAN = 0x4e00
export const LAST_HAN = 0x9fff

let table: Uint16Array | undefined

/**
 * For each character of the CJK Unified Ideographs block the one that stands for it in a search: its simplified form, else
 * itself. Made when it is first asked for.
 */
export function simplifiedForms(): Uint16Array {
  table ??= unpack()
  return table
}

/** Loops over codes, with nothing made for each: the first question waits for this, in code that the browser has not compiled yet. */
function unpack(): Uint16Array {
  const forms = new Uint16Array(LAST_HAN - FIRST_HAN + 1)
  for (let index = 0; index < forms.length; index++) forms[index] = FIRST_HAN + index
  const targets = charactersOfGb2312()
  const base = DIGITS.length
  const digits = new Uint8Array(128)
  for (let value = 0; value < base; value++) digits[DIGITS.charCodeAt(value)] = value
  let code = FIRST_HAN
  let at = 0
  for (let n = 0; n < TARGETS_HIGH.length; n++) {
    let gap = digits[GAPS.charCodeAt(at++)]!
    if (gap === base - 1) gap = digits[GAPS.charCodeAt(at++)]! * base + digits[GAPS.charCodeAt(at++)]!
    code += gap
    const target = digits[TARGETS_HIGH.charCodeAt(n)]! * base + digits[TARGETS_LOW.charCodeAt(n)]!
    forms[code - FIRST_HAN] = targets.charCodeAt(target)
  }
  return forms
}
