/** Rows of GB 2312 that hold Chinese characters, from the most common on; each has 94 places. */
const FIRST_ROW = 0xb0
const LAST_ROW = 0xf7
const FIRST_CELL = 0xa1
const CELLS = 94
/** How many common ones there are, and how many places of their last row are empty. */
const COMMON = 3755
const EMPTY = 5

/**
 * The characters of GB 2312 in its order: first the common ones, by their readings. Every browser has them in its decoder
 * (WHATWG Encoding), so that no table of them has to be carried along.
 */
export function charactersOfGb2312(): string {
  const places = (LAST_ROW - FIRST_ROW + 1) * CELLS
  const bytes = new Uint8Array(places * 2)
  for (let place = 0; place < places; place++) {
    bytes[place * 2] = FIRST_ROW + Math.floor(place / CELLS)
    bytes[place * 2 + 1] = FIRST_CELL + (place % CELLS)
  }
  const text = new TextDecoder('gb2312').decode(bytes)
  return text.slice(0, COMMON) + text.slice(COMMON + EMPTY)
}
