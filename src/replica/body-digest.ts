import { hexOf, sha256Hex } from '#domain/digest.ts'
import { breathe } from './idle.ts'
import type { Body } from './store.ts'

/** Bodies begun with at once: a slow phone answers to a finger in between. */
const SLICE_BODIES = 20

/** The bodies with their digests: only what has the digest that a list names is ever taken for a record's body. */
export async function withDigests(lines: readonly Uint8Array<ArrayBuffer>[]): Promise<Body[]> {
  const bodies: Body[] = []
  for (let from = 0; from < lines.length; from += SLICE_BODIES) {
    // Where the page does the work itself nothing else parts the slices.
    if (from > 0) await breathe()
    const some = lines.slice(from, from + SLICE_BODIES)
    bodies.push(...(await Promise.all(some.map(async (bytes) => ({ sha256: await digestOfBytes(bytes), bytes })))))
  }
  return bodies
}

/** SHA-256, hexadecimal. The browser's own works beside the page; it is missing where there is no TLS. */
export async function digestOfBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined
  if (subtle === undefined) return sha256Hex(bytes)
  return hexOf(new Uint8Array(await subtle.digest('SHA-256', bytes)))
}
