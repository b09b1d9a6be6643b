import { parseAccept } from 'hono/utils/accept'

/** How an answer can be compressed, the better one first. */
export const PACKINGS = ['br', 'gzip'] as const
export type Packing = (typeof PACKINGS)[number]

/**
 * Picks the smallest form of an answer that a client takes (RFC 9110, 12.5.3).
 * @param acceptEncoding the request header; absent means no compression
 * @param offered the forms there are
 * @returns undefined for the answer as it is
 */
export function negotiate(
  acceptEncoding: string | undefined,
  offered: readonly Packing[] = PACKINGS,
): Packing | undefined {
  const weights = new Map(parseAccept(acceptEncoding ?? '').map(({ type, q }) => [type.toLowerCase(), q]))
  return offered.find((packing) => (weights.get(packing) ?? weights.get('*') ?? 0) > 0)
}
