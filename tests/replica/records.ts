/** An article that every app can read. */
export function article(id: string, title: string, publishedAt = '2025-07-28'): Record<string, unknown> {
  return {
    id,
    kind: 'article',
    title,
    summary: '',
    region: { code: '310114', name: '上海市嘉定区' },
    tags: [],
    publishedAt,
    updatedAt: '2025-07-28T00:00:00Z',
    source: { name: '嘉定招商', retrievedAt: '2025-07-28' },
    sample: true,
    images: [],
    attachments: [],
  }
}

/** A park that every app can read. */
export function park(id: string, title: string): Record<string, unknown> {
  return { ...article(id, title), kind: 'park', level: '市级' }
}

/** The n-th day of a year, so that a later number is newer. */
export function day(n: number): string {
  return new Date(Date.UTC(2024, 0, n)).toISOString().slice(0, 10)
}
