import type { Live } from '#domain/live.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import type { RecordOf } from '#domain/record/record.ts'
import { readItem, readRecord } from './reader.ts'
import { type ContentReader, type Cursor, isBehind, type Row } from './store.ts'

/** A record as far as it is on the phone. */
export interface HeldRecord<K extends RecordKind = RecordKind> {
  item: ListItem<K>
  /** All of it; undefined while its body has not come. */
  record: RecordOf<K> | undefined
  /** Whether the body was asked for in vain, or cannot be read: it is asked for again with each sync. */
  isMissed: boolean
}

/** The syncs of this page. */
interface Syncs {
  /** Whether one has ended with this filling of the copy, well or not, and none is on its way. */
  isOver: (cursor: Cursor) => boolean
  /** Tells when one begins and when it ends. @returns a function that ends it */
  listen: (listener: () => void) => () => void
}

interface Means {
  store: ContentReader
  syncs: Syncs
}

/**
 * One record, and every later state of it. A body that is not here is asked for at once; one that was here is read on when it goes, as
 * where room is made.
 * @param bring brings the body, for somebody waits for it
 */
export function heldRecord<K extends RecordKind>(
  { store, syncs, bring }: Means & { bring: () => Promise<void> },
  kind: K,
  id: string,
): Live<HeldRecord<K> | undefined> {
  const found = lookedUp({ store, syncs }, kind, id, async (row, current) => ({
    row,
    body: await current.body(row.body.sha256),
  }))
  return {
    subscribe(listener, fail) {
      let held: HeldRecord<K> | undefined
      let text: { sha256: string; body: string } | undefined
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
      const stopWatching = found.subscribe((next) => {
        const { sha256 } = next?.row.body ?? {}
        const body = next?.body ?? (text?.sha256 === sha256 ? text?.body : undefined)
        text = sha256 === undefined || body === undefined ? undefined : { sha256, body }
        show(next && heldOf(kind, next.row, body))
        ask()
      }, fail)
      const stopListening = syncs.listen(ask)
      return () => {
        stopWatching()
        stopListening()
      }
    },
  }
}

/** What lists show of a record, and every later state of it. */
export function listedItem<K extends RecordKind>(means: Means, kind: K, id: string): Live<ListItem<K> | undefined> {
  return lookedUp(means, kind, id, (row) => Promise.resolve(readItem(row) as ListItem<K> | undefined))
}

/**
 * Looks for a record, and again whenever the copy changes. While there is no copy nothing is told; nor, until the sync
 * is over, that a copy which is still on its way to the head does not list it. What was told before stands.
 * @param see what is told of its row
 */
function lookedUp<T>(
  { store, syncs }: Means,
  kind: RecordKind,
  id: string,
  see: (row: Row, current: ContentReader) => Promise<T>,
): Live<T | undefined> {
  const look = async (current: ContentReader) => {
    const { cursor, row } = await current.row(id)
    return { cursor, seen: row?.kind === kind ? await see(row, current) : undefined }
  }
  return {
    subscribe(listener, fail) {
      let isHeldBack = false
      const tell = ({ cursor, seen }: Awaited<ReturnType<typeof look>>) => {
        isHeldBack = cursor !== undefined && seen === undefined && isBehind(cursor) && !syncs.isOver(cursor)
        if (cursor !== undefined && !isHeldBack) listener(seen)
      }
      const stopWatching = store.watch(look).subscribe(tell, fail)
      const stopListening = syncs.listen(() => {
        // What came last may not have been looked at.
        if (isHeldBack)
          look(store).then(
            (found) => isHeldBack && tell(found),
            (error: unknown) => isHeldBack && fail(error),
          )
      })
      return () => {
        isHeldBack = false
        stopWatching()
        stopListening()
      }
    },
  }
}

/** @returns undefined for one of which this app cannot read even the list fields: it is as if it were not there */
function heldOf<K extends RecordKind>(kind: K, row: Row, body: string | undefined): HeldRecord<K> | undefined {
  const item = readItem(row) as ListItem<K> | undefined
  const record = body === undefined ? undefined : readRecord(kind, row, body)
  // A text that only a newer app can read is missed too.
  return item && { item, record, isMissed: body !== undefined && record === undefined }
}
