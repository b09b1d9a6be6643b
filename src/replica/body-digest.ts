import { sha256Hex } from '#domain/digest.ts'
import type { Body } from './store.ts'

/** The texts with their digests: only what has the digest that a list names is ever taken for a record's body. */
export function withDigests(texts: readonly string[]): Promise<Body[]> {
  const encoder = new TextEncoder()
  return Promise.all(texts.map(async (text) => ({ sha256: await digestOfBytes(encoder.encode(text)), text })))
}

/** SHA-256, hexadecimal. The browser's own works beside the page; it is missing where there is no TLS. */
export async function digestOfBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined
  if (subtle === undefined) return sha256Hex(bytes)
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
