import { hash, timingSafeEqual } from 'node:crypto'

/** SHA-256 of a tracking key, hexadecimal: all that is kept of it beside the body itself. */
export function hashKey(key: string): string {
  return hash('sha256', key, 'hex')
}

const NOBODYS_HASH = '0'.repeat(64)

/**
 * Whether a key is the one whose hash is stored. Takes the same time whatever is wrong, an unknown inquiry included.
 * @param key as presented; undefined when there was none
 * @param stored undefined when there is no such inquiry
 */
export function keyFits(key: string | undefined, stored: string | undefined): boolean {
  const presented = Buffer.from(hashKey(key ?? ''), 'hex')
  const equal = timingSafeEqual(presented, Buffer.from(stored ?? NOBODYS_HASH, 'hex'))
  return equal && key !== undefined && stored !== undefined
}

/** The token of an `Authorization: Bearer` header (RFC 6750). */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
}
