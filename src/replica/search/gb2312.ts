/** Rows of GB 2312 that hold Chinese characters, from the most common on; each has 94 places. */
const FIRST_ROW = 0xb0
const LAST_ROW = 0xf7
const FIRST_CELL = 0xa1
const LAST_CELL = 0xfe
/** The last row of the common ones ends with empty places, which browsers decode to a character of private use each. */
const COMMON = 3755
const EMPTY = 5

/**
 * The characters of GB 2312 in its order: first the common ones, by their readings. Every browser has them in its decoder
 * (WHATWG Encoding), so that no table of them has to be carried along.
 */
export function charactersOfGb2312(): string {
  const bytes = new Uint8Array((LAST_ROW - FIRST_ROW + 1) * (LAST_CELL - FIRST_CELL + 1) * 2)
  let at = 0
  for (let row = FIRST_ROW; row <= LAST_ROW; row++) {
    for (let cell = FIRST_CELL; cell <= LAST_CELL; cell++) {
      bytes[at++] = row
      bytes[at++] = cell
    }
  }
  const text = new TextDecoder('gb2312').decode(bytes)
  return text.slice(0, COMMON) + text.slice(COMMON + EMPTY)
}
