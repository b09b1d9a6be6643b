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

function unpack(): Uint16Array {
  const forms = Uint16Array.from({ length: LAST_HAN - FIRST_HAN + 1 }, (_, index) => FIRST_HAN + index)
  const targets = charactersOfGb2312()
  const digit = (text: string, at: number) => DIGITS.indexOf(text.charAt(at))
  const wide = DIGITS.length - 1
  let code = FIRST_HAN
  let at = 0
  for (let n = 0; n < TARGETS_HIGH.length; n++) {
    let gap = digit(GAPS, at++)
    if (gap === wide) gap = digit(GAPS, at++) * DIGITS.length + digit(GAPS, at++)
    code += gap
    const target = targets[digit(TARGETS_HIGH, n) * DIGITS.length + digit(TARGETS_LOW, n)]
    if (target !== undefined) forms[code - FIRST_HAN] = target.charCodeAt(0)
  }
  return forms
}
