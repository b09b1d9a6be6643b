import { v5 as uuidOf } from 'uuid'
import { recordPath } from '#domain/record/kind.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { JIADING } from '#domain/jiading.ts'
import { bodyHtml } from './body-html.ts'
import { escaped, escapedLine } from './escape.ts'
import { addressOf, KIND_NAMES, SITE, SITE_PICTURE } from './site.ts'
import { dayStart, shanghaiInstant } from '#domain/shanghai.ts'

export const FEED_PATH = '/feed.xml'

/**
 * Names of feed and entries are UUIDs of what they name (RFC 9562, version 5) in this name space: they stay the same when
 * the site moves to another host, as RFC 4287 §4.2.6 asks. A `tag:` URI would need a domain that is the publisher's for good.
 */
const NAME_SPACE = '86843e7a-d391-432e-a8b1-9e383fcee6ff'

/** What the feed tells of a record. Without a body it gives the summary. */
export type FeedRecord = Pick<
  ContentRecord,
  'kind' | 'id' | 'title' | 'summary' | 'publishedAt' | 'updatedAt' | 'tags'
> & { body?: ContentRecord['body']; author?: string | undefined }

/**
 * `/feed.xml`, an Atom feed (RFC 4287), to be served as `application/atom+xml`.
 * @param origin scheme and host
 * @param records in their order in the feed
 * @param changedAt RFC 3339 instant at which the published content last changed (§4.2.15)
 */
export function atomFeed(origin: string, records: readonly FeedRecord[], changedAt: string): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
    `<id>${nameOf('feed')}</id>`,
    `<title>${escapedLine(SITE.name)}</title>`,
    `<updated>${shanghaiInstant(changedAt)}</updated>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(addressOf(origin, FEED_PATH))}"/>`,
    `<link rel="alternate" type="text/html" href="${escaped(addressOf(origin, '/'))}"/>`,
    `<icon>${escaped(addressOf(origin, SITE_PICTURE))}</icon>`,
    `<author><name>${escapedLine(SITE.name)}</name><uri>${escaped(addressOf(origin, '/'))}</uri></author>`,
    ...records.map((record) => entry(origin, record)),
    '</feed>',
  ]
  return `${lines.join('\n')}\n`
}

function entry(origin: string, record: FeedRecord): string {
  const { kind, id, author, summary, body = [] } = record
  const address = addressOf(origin, recordPath(record))
  const lines = [
    '<entry>',
    `<id>${nameOf(`${kind}/${id}`)}</id>`,
    `<title>${escapedLine(record.title)}</title>`,
    `<link rel="alternate" type="text/html" href="${escaped(address)}"/>`,
    `<published>${dayStart(record.publishedAt)}</published>`,
    `<updated>${shanghaiInstant(record.updatedAt)}</updated>`,
    author === undefined ? '' : `<author><name>${escapedLine(author)}</name></author>`,
    `<category term="${kind}" label="${KIND_NAMES[kind]}"/>`,
    ...record.tags.map((tag) => `<category term="${escapedLine(tag)}"/>`),
    summary.trim() === '' ? '' : `<summary>${escaped(summary)}</summary>`,
    body.length === 0 ? '' : `<content type="html">${escaped(bodyHtml(body, address))}</content>`,
    '</entry>',
  ]
  return lines.filter((line) => line !== '').join('\n')
}

function nameOf(what: string): string {
  return `urn:uuid:${uuidOf(`${JIADING.code}/${what}`, NAME_SPACE)}`
}
