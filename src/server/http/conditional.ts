/**
 * Whether a client holds what it asks for: `If-None-Match` of RFC 9110, compared weakly as it asks for.
 * @param condition the request's `If-None-Match`
 * @param etag with its quotes
 */
export function isHeld(condition: string | undefined, etag: string): boolean {
  const tags = condition?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags !== undefined && (tags.includes(etag) || tags.includes('*'))
}
