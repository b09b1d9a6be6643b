/** Rows of GB 2312 that hold Chinese characters, from the most common on; each has 94 places. */
const FIRST_ROW = 0xb0
const LAST_ROW = 0xf7
const FIRST_CELL = 0xa1
const LAST_CELL = 0xfe

/**
 * The characters of GB 2312 in its order: first the common ones, by their readings. Every browser has them in its decoder
 * (WHATWG Encoding), so that no table of them has to be carried along.
 */
export function charactersOfGb2312(): string[] {
  const bytes: number[] = []
  for (let row = FIRST_ROW; row <= LAST_ROW; row++) {
    for (let cell = FIRST_CELL; cell <= LAST_CELL; cell++) bytes.push(row, cell)
  }
  // The last row of the common ones has five empty places.
  return new TextDecoder('gb2312').decode(Uint8Array.from(bytes)).match(/\p{Script=Han}/gu) ?? []
}
