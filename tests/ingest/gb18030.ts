/**
 * Bytes of the two-byte part of GB18030 (which is GBK), by asking the decoder for every pair. Node has no encoder for
 * it.
 */
const CODES = new Map<string, [number, number]>()
const decoder = new TextDecoder('gb18030')
for (let lead = 0x81; lead <= 0xfe; lead += 1) {
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    const char = decoder.decode(new Uint8Array([lead, trail]))
    if (trail !== 0x7f && char.length === 1 && char !== '\uFFFD') CODES.set(char, [lead, trail])
  }
}

/** @throws RangeError for a character that GBK does not have */
export function gb18030(text: string): Uint8Array {
  return Uint8Array.from(
    [...text].flatMap((char) => {
      if (char.charCodeAt(0) < 0x80) return [char.charCodeAt(0)]
      const code = CODES.get(char)
      if (code === undefined) throw new RangeError(`GBK has no ${char}`)
      return code
    }),
  )
}
