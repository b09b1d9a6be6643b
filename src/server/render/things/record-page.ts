import type { CreativeWork } from 'schema-dts'
import { recordPath } from '#domain/record/kind.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { recordDescription } from '../description.ts'
import { addressOf } from '../site.ts'
import { shanghaiInstant } from '#domain/shanghai.ts'
import { known } from './known.ts'
import { organizationId } from './organization.ts'
import { administrativeArea } from './place.ts'

/** A record, and where its page stands. */
export interface RecordPage<R extends ContentRecord = ContentRecord> {
  /** Scheme and host. */
  origin: string
  record: R
  /** Path of its share picture, where one was drawn. */
  imagePath?: string | undefined
}

/** Address of the record's page. */
export function pageAddress({ origin, record }: RecordPage): string {
  return addressOf(origin, recordPath(record))
}

/** Name of something that the page tells of, as against the page itself (JSON-LD 1.1, node identifiers). */
export function partId(page: RecordPage, part: string): string {
  return `${pageAddress(page)}#${part}`
}

/** The record's pictures on this site, and its share picture: absolute addresses. */
export function pictures({ origin, record, imagePath }: RecordPage): string[] | undefined {
  const own = record.images.map(({ src }) => src).filter((src) => src.startsWith('/'))
  const paths = [...own, ...(imagePath === undefined ? [] : [imagePath])]
  return paths.length === 0 ? undefined : paths.map((path) => addressOf(origin, path))
}

/**
 * What is true of everything written that a record can be (schema.org/CreativeWork). The region is what it is about. The
 * source is what the record is based on, not its author.
 */
export function writtenWork(page: RecordPage) {
  const { record, origin } = page
  return known({
    url: pageAddress(page),
    description: recordDescription(record),
    datePublished: record.publishedAt,
    dateModified: shanghaiInstant(record.updatedAt),
    inLanguage: 'zh-CN',
    keywords: record.tags.length === 0 ? undefined : record.tags,
    image: pictures(page),
    spatialCoverage: administrativeArea(record.region),
    isBasedOn: known({ '@type': 'CreativeWork', name: record.source.name, url: record.source.url }),
    publisher: { '@id': organizationId(origin) },
  }) satisfies Omit<CreativeWork & object, '@type'>
}
