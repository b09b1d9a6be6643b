import { RECORD_KINDS } from '#domain/record/kind.ts'
import { newestFirst } from '#domain/record/order.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import type { Database } from '../db/database.ts'
import type { Published } from './published.ts'
import { findRecords } from './records.ts'

/** What a feed reader is told of. */
const MOST = 50

/** The newest real records, whole; invented ones (示例) are no news. */
export async function newestRecords({ db }: Database, content: Published): Promise<ContentRecord[]> {
  const newest = RECORD_KINDS.flatMap((kind) => [...content.list(kind)].filter(({ sample }) => !sample))
    .sort(newestFirst)
    .slice(0, MOST)
  const rows = await findRecords(
    db,
    newest.map(({ id }) => id),
  )
  return newest.flatMap(({ id }) => {
    const row = rows.get(id)
    return row?.status === 'published' ? [JSON.parse(row.json) as ContentRecord] : []
  })
}
