/** Bytes decoded at a time: a slow phone does it within a few milliseconds. */
const SLICE_BYTES = 65_536

/**
 * The lines of a text in UTF-8, decoded as they are asked for, so that whoever takes them can let others have a turn.
 * @throws TypeError for bytes that are no UTF-8, RangeError for a last line that is not ended: the file is cut
 */
export function* linesOf(bytes: Uint8Array): Generator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for (let from = 0; from < bytes.byteLength; from += SLICE_BYTES) {
    rest += decoder.decode(bytes.subarray(from, from + SLICE_BYTES), { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest + decoder.decode() !== '') throw new RangeError('the last line is not ended')
}
