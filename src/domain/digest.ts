import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { base64, base64urlnopad } from '@scure/base'

/** Bytes in lower-case hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  return bytesToHex(bytes)
}

/** SHA-256 in lower-case hexadecimal. Pure code: `crypto.subtle` is missing on pages without TLS and cannot be awaited inside an IndexedDB transaction. */
export function sha256Hex(bytes: Uint8Array): string {
  return hexOf(sha256(bytes))
}

/** The same, of bytes that are taken some at a time. */
export function runningSha256(): { add(bytes: Uint8Array): void; hex(): string } {
  const hash = sha256.create()
  return { add: (bytes) => void hash.update(bytes), hex: () => hexOf(hash.digest()) }
}

/** The same, of a text in UTF-8. */
export function sha256OfText(text: string): string {
  return sha256Hex(utf8ToBytes(text))
}

/** The value of `Content-Digest` for these exact bytes (RFC 9530). */
export function contentDigest(bytes: Uint8Array): string {
  return `sha-256=:${base64.encode(sha256(bytes))}:`
}

/**
 * Reads the SHA-256 out of a `Content-Digest` header, which may list several algorithms, with parameters.
 * @returns the member as this module writes it, or undefined when there is none
 */
export function parseContentDigest(header: string): string | undefined {
  return /(?:^|,)\s*(sha-256=:[A-Za-z0-9+/]{43}=:)\s*(?:[;,]|$)/.exec(header)?.[1]
}

/** 256 random bits as text: what `trackingKey` holds. */
export function encodeKey(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes)
}
