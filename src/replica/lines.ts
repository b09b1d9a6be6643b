/** The byte that ends a line. */
const LINE_FEED = 0x0a

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

/**
 * The same, of a text that comes in chunks: those lines that are whole with each.
 * @throws RangeError for a last line that is not ended
 */
export async function* linesFrom(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>[], void> {
  let rest = new Uint8Array()
  for await (const chunk of chunks) {
    const bytes = joined(rest, chunk)
    const end = bytes.lastIndexOf(LINE_FEED) + 1
    yield [...linesOf(bytes.subarray(0, end))]
    rest = bytes.subarray(end)
  }
  if (rest.byteLength > 0) throw notEnded()
}

function joined(rest: Uint8Array<ArrayBuffer>, chunk: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (rest.byteLength === 0) return chunk
  const bytes = new Uint8Array(rest.byteLength + chunk.byteLength)
  bytes.set(rest)
  bytes.set(chunk, rest.byteLength)
  return bytes
}

function notEnded(): RangeError {
  return new RangeError('the last line is not ended')
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @throws TypeError for bytes that are no UTF-8, SyntaxError for a line that is no JSON */
export function jsonOf(line: Uint8Array): unknown {
  return JSON.parse(decoder.decode(line))
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of a body. A digest vouches for the bytes: what in them is no UTF-8 was published so, and must not keep others from being read. */
export function bodyText(bytes: Uint8Array): string {
  return lenient.decode(bytes)
}
