import { hash } from 'node:crypto'

/** The value of `Content-Digest` for these exact bytes (RFC 9530), as `#domain/digest.ts` has it: here by the machine's own code. */
export function contentDigest(bytes: Uint8Array): string {
  return `sha-256=:${hash('sha256', bytes, 'base64')}:`
}
