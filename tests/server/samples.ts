import type { Article } from '#domain/record/article.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import type { PageImport } from '#ingest/result.ts'

export const NOW = Date.parse('2026-11-20T02:00:00.000Z')

/** An article whose content follows from id and title. */
export function article(id: string, title = `标题 ${id}`): Article {
  return {
    id,
    kind: 'article',
    title,
    summary: '',
    region: { code: '310114', name: '上海市嘉定区' },
    tags: ['招商'],
    publishedAt: '2025-07-28',
    updatedAt: '2025-07-28T00:00:00.000Z',
    source: { name: '样例', retrievedAt: '2025-07-29' },
    sample: true,
    images: [],
    attachments: [],
  }
}

/** The same, looked at on another day. */
export function lookedAtAgain<R extends ContentRecord>(record: R): R {
  return { ...record, updatedAt: '2026-01-01T00:00:00.000Z', source: { ...record.source, retrievedAt: '2026-01-01' } }
}

/** A page with these records ready to publish, and nothing else. */
export function page(records: readonly Article[], rest: Partial<PageImport> = {}): PageImport {
  const [first = null, ...others] = records
  return {
    article: first,
    projects: others.map((record) => ({ ...record, kind: 'project' as const })),
    policies: [],
    parks: [],
    review: [],
    remarks: [],
    refused: null,
    ...rest,
  }
}

export const DOUBT = { code: 'region.outside', message: '名称中的地点不在本区' }

/** A page whose one record waits for an officer. */
export function doubtfulPage(record: ContentRecord): PageImport {
  return page([], { review: [{ record, reasons: [DOUBT] }] })
}
