import { hexOf, sha256Hex } from '#domain/digest.ts'

/** SHA-256 in hex, by the browser's own code where there is some: a file of many megabytes would hold up the page. */
export async function fileDigest(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = (globalThis.crypto as { subtle?: SubtleCrypto } | undefined)?.subtle
  return subtle === undefined ? sha256Hex(data) : hexOf(new Uint8Array(await subtle.digest('SHA-256', data)))
}
