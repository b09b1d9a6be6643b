import { RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import type { Replica } from '#replica/replica.ts'
import { listOf, until } from '../phone.ts'

/** What a tab shows with no network: its lists, and those of their records whose text is on the phone. */
interface Held {
  items: ListItem[]
  /** By id; undefined for one that is said to be here, and is not shown. */
  records: Map<string, unknown>
}

export async function heldBy(replica: Replica): Promise<Held> {
  const lists = await Promise.all(RECORD_KINDS.map((kind) => listOf<RecordKind>(replica, kind)))
  const records = new Map<string, unknown>()
  for (const { kind, id } of lists.flat()) {
    if ((await until(replica.onPhone(id)))?.hasText !== true) continue
    records.set(id, (await until(replica.record<RecordKind>(kind, id)))?.record)
  }
  return { items: lists.flat(), records }
}
