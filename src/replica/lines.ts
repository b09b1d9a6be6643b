/** What ends a line. */
export const LINE_FEED = Uint8Array.of(0x0a)

/**
 * The lines of a text in UTF-8, as bytes, so that whoever takes them can let others have a turn before they are decoded.
 * @throws RangeError for a last line that is not ended: the file is cut
 */
export function* linesOf(bytes: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>, void> {
  for (let from = 0; from < bytes.byteLength;) {
    const end = bytes.indexOf(0x0a, from)
    if (end === -1) throw new RangeError('the last line is not ended')
    yield bytes.subarray(from, end)
    from = end + 1
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @throws TypeError for bytes that are no UTF-8 */
export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of a body. A digest vouches for the bytes: what in them is no UTF-8 was published so, and must not keep others from being read. */
export function bodyText(bytes: Uint8Array): string {
  return lenient.decode(bytes)
}
