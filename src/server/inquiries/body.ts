/** More than this came in, or was announced. */
export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError'
}

/** The connection broke before everything had come. */
export class BodyAbortedError extends Error {
  override name = 'BodyAbortedError'
}

/**
 * Reads a body to its end, and no further than the limit.
 * @param limit in bytes
 * @throws BodyTooLargeError, BodyAbortedError
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const announced = request.headers.get('content-length')
  if (announced !== null && Number(announced) <= limit) {
    // The server's short way: what is announced cannot become more, and no stream has to be made of it.
    try {
      return new Uint8Array(await request.arrayBuffer())
    } catch (cause) {
      throw new BodyAbortedError('The body broke off', { cause })
    }
  }
  const { bytes, isWhole, cause } = await readWhatComes(request, limit)
  if (!isWhole) throw new BodyAbortedError('The body broke off', { cause })
  return bytes
}

/**
 * Reads a body as far as it comes, and no further than the limit.
 * @param limit in bytes
 * @returns what has come; `isWhole` unless the connection broke, for the reason in `cause`
 * @throws BodyTooLargeError
 */
export async function readWhatComes(
  request: Request,
  limit: number,
): Promise<{ bytes: Uint8Array; isWhole: boolean; cause?: unknown }> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new BodyTooLargeError()
  if (request.body === null) return { bytes: new Uint8Array(), isWhole: true }
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = (request.body as ReadableStream<Uint8Array>).getReader()
  for (;;) {
    let next: Awaited<ReturnType<typeof reader.read>>
    try {
      next = await reader.read()
    } catch (cause) {
      return { bytes: Buffer.concat(chunks), isWhole: false, cause }
    }
    if (next.done) return { bytes: Buffer.concat(chunks), isWhole: true }
    size += next.value.length
    if (size > limit) {
      await reader.cancel()
      throw new BodyTooLargeError()
    }
    chunks.push(next.value)
  }
}
