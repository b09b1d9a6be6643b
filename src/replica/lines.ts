/** The byte that ends a line. */
export const LINE_FEED = 0x0a

/**
 * The lines of a text in UTF-8, as bytes, so that whoever takes them can let others have a turn before they are decoded.
 * @throws RangeError for a last line that is not ended: the file is cut
 */
export function* linesOf(bytes: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>, void> {
  for (let from = 0; from < bytes.byteLength;) {
    const end = bytes.indexOf(LINE_FEED, from)
    if (end === -1) throw notEnded()
    yield bytes.subarray(from, end)
    from = end + 1
  }
}

function notEnded(): RangeError {
  return new RangeError('the last line is not ended')
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @throws TypeError for bytes that are no UTF-8, SyntaxError for a line that is no JSON */
export function jsonOf(line: Uint8Array): unknown {
  return JSON.parse(decoder.decode(line))
}

/**
 * The values of lines of JSON, each parsed when it is taken. They are decoded together: a string of its own for each is a burden to the
 * browser's memory.
 * @param bytes lines, each ended
 * @throws as `jsonOf`
 */
export function* jsonOfLines(bytes: Uint8Array): Generator<unknown, void> {
  const lines = decoder.decode(bytes).split('\n')
  lines.pop()
  for (const line of lines) yield JSON.parse(line)
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of a body. A digest vouches for the bytes: what in them is no UTF-8 was published so, and must not keep others from being read. */
export function bodyText(bytes: Uint8Array): string {
  return lenient.decode(bytes)
}
