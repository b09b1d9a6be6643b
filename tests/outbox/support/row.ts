import type { EntryRow } from '#outbox/rows.ts'

/** A row with what a test names, and the rest filled in. */
export function row(change: Partial<EntryRow> = {}): EntryRow {
  return {
    id: 'b3f1a2c4-5d6e-4f70-8a9b-0c1d2e3f4a5b',
    type: 'contact',
    values: { name: '王小明' },
    createdAt: 1,
    state: 'unsent',
    attempts: 0,
    partsLeft: 0,
    partsGone: [],
    body: new Uint8Array([123, 125]),
    digest: `sha-256=:${'q'.repeat(43)}=:`,
    trackingKey: 'k'.repeat(43),
    ...change,
  }
}
