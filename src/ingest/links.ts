import type { Attachment } from '#domain/body.ts'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  csv: 'text/csv',
  zip: 'application/zip',
  rar: 'application/vnd.rar',
  '7z': 'application/x-7z-compressed',
  wps: 'application/vnd.ms-works',
  et: 'application/octet-stream',
  ofd: 'application/ofd',
}
const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  字节: 1,
  k: 1024,
  kb: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
}
const SIZE = /^[\s[(（【,，:：]*(?:(?:文件)?大小[:：]?\s*)?(\d{1,6}(?:\.\d{1,3})?)\s*(字节|[kmg]?b|[kmg])(?![a-z])/i
const MAX_ADDRESS = 2048

/**
 * The address a link leads to.
 * @param base address of the page, if it is known
 * @returns an absolute http(s), mailto or tel address; undefined for anything that can run, and for what has no base
 */
export function resolveLink(href: string, base: string | undefined): string | undefined {
  if (href.trim() === '' || href.trim().startsWith('#')) return undefined
  if (!URL.canParse(href, base)) return undefined
  const url = new URL(href, base)
  const allowed = url.protocol === 'mailto:' || url.protocol === 'tel:' || isWeb(url)
  return allowed && url.href.length <= MAX_ADDRESS ? url.href : undefined
}

/** An address that may serve as a page's own: http(s), without a password in it. */
export function webAddress(href: string | undefined): string | undefined {
  if (href === undefined || !URL.canParse(href.trim())) return undefined
  const url = new URL(href.trim())
  return isWeb(url) && url.href.length <= MAX_ADDRESS ? url.href : undefined
}

function isWeb(url: URL): boolean {
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === ''
}

export function isImageAddress(address: string): boolean {
  return /\.(png|jpe?g|gif|webp|bmp|avif)(?:[?#]|$)/i.test(address)
}

/** The file name's ending, lower-case: of the path, or of a parameter that carries a file name. */
function ending(url: URL): string | undefined {
  const names = [url.pathname, ...url.searchParams.values()]
  return names
    .map((name) => /\.([a-z0-9]{2,4})$/i.exec(name)?.[1]?.toLowerCase())
    .find((found) => found !== undefined && found in MEDIA_TYPES)
}

/**
 * The document behind a link, if it is one.
 * @param address absolute
 * @param title what the page calls it; the file's name where it calls it nothing
 * @param behind text that follows the link and may print the size: `(1.2MB)`
 */
export function attachmentOf(address: string, title: string, behind: string): Attachment | undefined {
  if (webAddress(address) === undefined) return undefined
  const url = new URL(address)
  const type = ending(url)
  if (type === undefined) return undefined
  const bytes = printedSize(behind) ?? printedSize(/[(（]\s*[\d.]+\s*[a-z字节]+\s*[)）]$/i.exec(title)?.[0] ?? '')
  return {
    title: title.trim() || fileName(url),
    url: url.href,
    ...(MEDIA_TYPES[type] === undefined ? {} : { mediaType: MEDIA_TYPES[type] }),
    ...(bytes === undefined ? {} : { bytes }),
  }
}

function fileName(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last) || url.host
  } catch (error) {
    if (error instanceof URIError) return last
    throw error
  }
}

function printedSize(text: string): number | undefined {
  const [, amount, unit] = SIZE.exec(text) ?? []
  const factor = UNITS[unit?.toLowerCase() ?? '']
  return amount === undefined || factor === undefined ? undefined : Math.round(Number(amount) * factor)
}
