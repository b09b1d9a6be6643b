/**
 * Reads `Content-Range: bytes first-last/total` of a request (RFC 9110, 14.4).
 * @param header undefined stands for the whole file
 * @param total bytes of the file, as announced
 * @returns undefined when it is malformed, or of a file of another size
 */
export function parseContentRange(
  header: string | undefined,
  total: number,
): { start: number; length: number } | undefined {
  if (header === undefined) return { start: 0, length: total }
  const [, first, last, whole] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(header.trim()) ?? []
  if (first === undefined || last === undefined || Number(whole) !== total) return undefined
  const start = Number(first)
  const length = Number(last) - start + 1
  return length >= 1 && Number(last) < total ? { start, length } : undefined
}
