import type { Image } from '#domain/body.ts'
import type { Element } from 'hast'
import { excerpt } from './refusal.ts'
import type { Doubt } from './result.ts'
import { clean } from './fold.ts'
import { attribute } from './html-tree.ts'
import { resolveLink, webAddress } from './links.ts'

/** Where pages that load pictures late keep the real address. */
const SOURCES = ['dataSrc', 'dataOriginal', 'dataLazySrc', 'dataUrl', 'src']

/**
 * A picture of the page.
 * @returns what it shows, or why it was left out; nothing for counters and spacers of a pixel or two
 */
export function imageOf(element: Element, base: string | undefined): { image: Image } | { loss: Doubt } | undefined {
  const size = { width: pixels(element, 'width'), height: pixels(element, 'height') }
  if ((size.width ?? 3) <= 2 || (size.height ?? 3) <= 2) return undefined
  const alt = clean(attribute(element, 'alt') ?? '').trim()
  const addresses = SOURCES.map((name) => attribute(element, name)).filter(
    (address) => address !== undefined && address !== '',
  )
  if (addresses.length === 0) return undefined
  const src = addresses
    .map((address) => webAddress(resolveLink(address ?? '', base)))
    .find((found) => found !== undefined)
  if (src === undefined) return { loss: lossOf(addresses[0] ?? '', alt) }
  return {
    image: {
      src,
      alt,
      ...(size.width !== undefined && { width: size.width }),
      ...(size.height !== undefined && { height: size.height }),
    },
  }
}

function lossOf(address: string, alt: string): Doubt {
  const what = alt === '' ? '图片' : `图片“${excerpt(alt)}”`
  return address.trim().toLowerCase().startsWith('data:')
    ? { code: 'image-inline', message: `${what}内嵌在网页里，没有地址，未收录` }
    : { code: 'image-address', message: `${what}的地址“${excerpt(address)}”无法解析，未收录` }
}

function pixels(element: Element, name: string): number | undefined {
  const value = /^\s*(\d{1,5})(?:px)?\s*$/.exec(attribute(element, name) ?? '')?.[1]
  return value === undefined ? undefined : Number(value) || 1
}
