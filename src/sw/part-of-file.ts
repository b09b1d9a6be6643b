const ONE_RANGE = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/

/**
 * A part of a file, cut from the whole that is on the phone (RFC 9110, 14.1.2). A last position behind the end means the end; what
 * workbox-range-requests cuts refuses it.
 * @param range of the request's header; several ranges, other units, and a range whose end comes before its beginning
 *   are answered with the whole, as the standard has it
 */
export async function partOfFile(range: string, whole: Response): Promise<Response> {
  const [isOne, first, last, suffix] = ONE_RANGE.exec(range) ?? []
  const isBackwards = first !== undefined && last !== undefined && last !== '' && Number(last) < Number(first)
  if (isOne === undefined || isBackwards) return whole
  const file = await whole.blob()
  const end = file.size - 1
  const from = first === undefined ? Math.max(0, file.size - Number(suffix)) : Number(first)
  const to = last === undefined || last === '' ? end : Math.min(Number(last), end)
  if (from > to) return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${file.size}` } })
  const headers = new Headers(whole.headers)
  headers.set('Content-Range', `bytes ${from}-${to}/${file.size}`)
  headers.set('Content-Length', String(to - from + 1))
  return new Response(file.slice(from, to + 1), { status: 206, headers })
}
