import type { RecordKind } from '#domain/record/kind.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { escapedLine } from './escape.ts'
import { addressOf, SITE, SITE_PICTURE } from './site.ts'
import { shanghaiInstant } from '#domain/shanghai.ts'

/** What a link to a page looks like where it is shared. */
export interface ShareCard {
  origin: string
  path: string
  title: string
  description: string
  /** Path of the share picture, 1200 × 630; absent: the site's mark. */
  imagePath?: string | undefined
  record?: ContentRecord | undefined
}

/** Of the types of ogp.me, records that are read are articles; a park or a listing is none of them, so a page like any other. */
const ARTICLES: ReadonlySet<RecordKind> = new Set(['article', 'project', 'policy', 'guide'])
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
}

/**
 * The tags that those who show a link read, one a line.
 *
 * - `og:` and `article:` (ogp.me): the properties of a picture follow the picture they belong to. DingTalk, Weibo and most
 *   others read these.
 * - `itemprop` name, description and image: what QQ on phones takes a link's card from. They have elements of their own,
 *   because a `meta` may not carry both `name` and `itemprop` (HTML, "the meta element").
 * - WeChat promises no tag to a page without its JS-SDK; what it is seen to use is the title and these same tags.
 * - `twitter:card` says how large the picture is; the rest of that card comes from `og:`.
 */
export function socialTags(card: ShareCard): string[] {
  const picture = pictureOf(card)
  return [
    property('og:type', isArticle(card) ? 'article' : 'website'),
    property('og:site_name', SITE.name),
    property('og:locale', 'zh_CN'),
    property('og:title', card.title),
    property('og:description', card.description),
    property('og:url', addressOf(card.origin, card.path)),
    property('og:image', picture.address),
    ...(picture.type === undefined ? [] : [property('og:image:type', picture.type)]),
    property('og:image:width', String(picture.width)),
    property('og:image:height', String(picture.height)),
    property('og:image:alt', picture.alt),
    ...articleTags(card),
    item('name', card.title),
    item('description', card.description),
    item('image', picture.address),
    `<meta name="twitter:card" content="${picture.card}">`,
  ]
}

function pictureOf({ origin, imagePath, title }: ShareCard) {
  const address = addressOf(origin, imagePath ?? SITE_PICTURE)
  const ending = new URL(address).pathname.split('.').at(-1)?.toLowerCase() ?? ''
  const drawn = { width: 1200, height: 630, alt: title, card: 'summary_large_image' }
  const mark = { width: 512, height: 512, alt: SITE.name, card: 'summary' }
  return { address, type: MEDIA_TYPES[ending], ...(imagePath === undefined ? mark : drawn) }
}

function articleTags(card: ShareCard): string[] {
  if (!isArticle(card)) return []
  const { publishedAt, updatedAt, tags } = card.record
  return [
    property('article:published_time', publishedAt),
    property('article:modified_time', shanghaiInstant(updatedAt)),
    ...tags.map((tag) => property('article:tag', tag)),
  ]
}

function isArticle(card: ShareCard): card is ShareCard & { record: ContentRecord } {
  return card.record !== undefined && ARTICLES.has(card.record.kind)
}

function property(name: string, content: string): string {
  return `<meta property="${name}" content="${escapedLine(content)}">`
}

function item(name: string, content: string): string {
  return `<meta itemprop="${name}" content="${escapedLine(content)}">`
}
