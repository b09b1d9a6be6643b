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
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new BodyTooLargeError()
  if (request.body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = (request.body as ReadableStream<Uint8Array>).getReader()
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new BodyAbortedError('The body broke off', { cause })
    })
    if (done) return Buffer.concat(chunks)
    size += value.length
    if (size > limit) {
      await reader.cancel()
      throw new BodyTooLargeError()
    }
    chunks.push(value)
  }
}
