/** Formats that pictures are made in, with the ending of their files. */
export const VARIANT_ENDINGS = {
  'image/avif': 'avif',
  'image/webp': 'webp',
  'image/jpeg': 'jpg',
  'image/png': 'png',
} as const
export type VariantType = keyof typeof VARIANT_ENDINGS

const VARIANT = /^(\/media\/[\w-]+-[0-9a-f]{16})\.w[1-9]\d*\.(?:avif|webp|jpg|png)$/

/**
 * Address of a picture at one width.
 * @param name says what it shows, for people; letters, digits, `_` and `-`
 * @param digest sixteen hexadecimal digits of what it is made from and how
 * @param width pixels
 */
export function variantPath(name: string, digest: string, width: number, type: VariantType): string {
  return `/media/${name}-${digest}.w${width}.${VARIANT_ENDINGS[type]}`
}

/**
 * What the addresses of one picture have in common, whatever width and format.
 * @param path of this site
 * @returns undefined for what is no such address
 */
export function variantStem(path: string): string | undefined {
  return VARIANT.exec(path)?.[1]
}
