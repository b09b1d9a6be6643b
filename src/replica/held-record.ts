import type { Live } from '#domain/live.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import type { RecordOf } from '#domain/record/record.ts'
import { readItem, readRecord } from './reader.ts'
import type { ContentReader, Row } from './store.ts'

/** A record as far as it is on the phone. */
export interface HeldRecord<K extends RecordKind = RecordKind> {
  item: ListItem<K>
  /** All of it; undefined while its body has not come. */
  record: RecordOf<K> | undefined
  /** Whether the body was asked for in vain, or cannot be read: it is asked for again with each sync. */
  isMissed: boolean
}

interface Bringing {
  /** Brings the body, for somebody waits for it. */
  bring: () => Promise<void>
  /** Tells when the network may be there again. @returns a function that ends it */
  onSynced: (listener: () => void) => () => void
}

/**
 * One record, and every later state of it. A body that is not here is asked for at once. While there is no copy nothing is told: what
 * was told before stands.
 */
export function heldRecord<K extends RecordKind>(
  store: ContentReader,
  kind: K,
  id: string,
  { bring, onSynced }: Bringing,
): Live<HeldRecord<K> | undefined> {
  return {
    subscribe(listener, fail) {
      let held: HeldRecord<K> | undefined
      let asking = false
      const show = (next: HeldRecord<K> | undefined) => {
        held = next
        listener(next)
      }
      const ask = () => {
        if (asking || held === undefined || held.record !== undefined) return
        asking = true
        bring()
          .catch(() => {
            if (held !== undefined && held.record === undefined) show({ ...held, isMissed: true })
          })
          .finally(() => (asking = false))
          .catch(fail)
      }
      const stopWatching = store
        .watch(async (current) => {
          const row = await rowOf(current, kind, id)
          return typeof row === 'object' ? { row, body: await current.body(row.body.sha256) } : row
        })
        .subscribe((found) => {
          if (found === NO_COPY) return
          show(found && heldOf(kind, found.row, found.body))
          ask()
        }, fail)
      const stopListening = onSynced(ask)
      return () => {
        stopWatching()
        stopListening()
      }
    },
  }
}

/** What lists show of a record, and every later state of it; nothing is told while there is no copy. */
export function listedItem<K extends RecordKind>(
  store: ContentReader,
  kind: K,
  id: string,
): Live<ListItem<K> | undefined> {
  const row = store.watch((current) => rowOf(current, kind, id))
  return {
    subscribe: (listener, fail) =>
      row.subscribe((found) => {
        if (found !== NO_COPY) listener(found && (readItem(found) as ListItem<K> | undefined))
      }, fail),
  }
}

const NO_COPY = Symbol('no copy')

/** @returns undefined where there is a copy that does not list it */
async function rowOf(store: ContentReader, kind: RecordKind, id: string): Promise<Row | typeof NO_COPY | undefined> {
  const row = await store.row(id)
  if (row !== undefined) return row.kind === kind ? row : undefined
  return (await store.cursor()) === undefined ? NO_COPY : undefined
}

/** @returns undefined for one of which this app cannot read even the list fields: it is as if it were not there */
function heldOf<K extends RecordKind>(kind: K, row: Row, body: string | undefined): HeldRecord<K> | undefined {
  const item = readItem(row) as ListItem<K> | undefined
  const record = body === undefined ? undefined : readRecord(kind, row, body)
  // A text that only a newer app can read is missed too.
  return item && { item, record, isMissed: body !== undefined && record === undefined }
}
